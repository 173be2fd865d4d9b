import type { NameTable } from './column.ts'

/**
 * Names of an order's own facts, as seen in the trade's systems: without case and separators (order_no, orderNo and
 * OrderNo are one), pinyin in full and by initials, Chinese. Earlier names are better ones.
 */
export const orderNames: NameTable = {
  orderNo: {
    strong: `orderno ordersn ordernumber ordernum ordercode orderid 订单号 订单编号 订单号码 订单id 订单序列号 172订单号
      dingdanhao dingdanbianhao dingdanid ddh ddbh`,
    fair: 'apiorder apisn apiorderno apiordersn keyno 单号 工单号 流水号 系统订单号 liushuihao',
    // The upstream's upstream gives its number late: an order must not change its name when it does.
    weak: 'sn orderkey id no 编号 bianhao uuid guid uporderno upordersn',
  },
  ownNo: {
    strong: `outtradeno outerid sourceid apixid downorderid downorderno extordersn extorderno customno partnerorderno
      apiorderid outorderno outordersn outorderid outerorderno merchantorderno merchantno thirdorderno 商户订单号 商家订单号
      外部订单号 自有单号 自有订单号 下游订单号 代理订单号 第三方订单号 我方订单号 shanghudingdanhao waibudingdanhao
      xiayoudingdanhao shddh wbddh xyddh`,
    fair: 'outno outid thirdno customorderno clientorderno partnerno 外部单号',
    weak: 'tradeno',
  },
  productName: {
    strong: `goodsname productname goodstitle producttitle packagename planname comboname mealname taocanname cardname
      套餐 套餐名称 套餐名 商品名称 商品名 产品名称 产品名 产品 商品 办理套餐 号卡名称 taocan taocanmingcheng shangpinmingcheng
      chanpinmingcheng shangpin chanpin tcmc spmc cpmc`,
    fair: 'productsku sku skuname goods product package plan tc 卡名称 资费 资费名称',
    weak: 'shopname name title sp cp 名称 mingcheng',
  },
  productId: {
    strong: `productid goodsid pid productcode goodscode goodssn productsn skuid planid packageid 商品id 产品id 套餐id
      商品编码 产品编码 商品编号 产品编号 套餐编码 chanpinid shangpinid cpid spid`,
    fair: 'productno goodsno skucode',
    weak: 'skuno',
  },
  reason: {
    strong: `reason failreason failurereason applyfailreason rejectreason auditreason 失败原因 生产失败原因 驳回原因
      审核失败原因 拒绝原因 原因 shibaiyuanyin sbyy bohuiyuanyin`,
    fair: 'upstreamreason apireason reasontag failmsg errormsg errmsg statusreason yuanyin 状态说明 失败说明',
    weak: 'message msg yy result',
  },
  remark: {
    strong: 'remark remarks mark memo note 备注 订单备注 备注信息 买家留言 客户备注 beizhu dingdanbeizhu bz',
    fair: 'comment comments sellerremark buyerremark adminremark orderremark extremark 说明',
    weak: 'desc description',
  },
  source: {
    strong: `source ordersource sourcename channelname 订单来源 渠道来源 来源 渠道 来源渠道 渠道名称 dingdanlaiyuan laiyuan
      qudao qudaolaiyuan ddly`,
    fair: 'subsource channelid channel channelcode platform platformname from',
    weak: 'ly qd',
  },
  agent: {
    strong: `agent agentname agentid shareid shopcode distributor distributorname distributorid 代理 代理商 代理名称
      代理姓名 分销商 分销商名称 推广人 推广员 业务员 店铺 上级代理 dailishang fenxiaoshang dailimingcheng dls fxs`,
    fair: 'shareuser sharename agentno agentcode salesman salesname storename shopid storeid promoter 店铺名称 dianpu',
    weak: 'memberid uid userid shopname',
  },
  createdAt: {
    strong: `createtime createdat createat createdtime createdate ordertime orderdate orderat addtime submittime
      下单时间 创建时间 提交时间 订单时间 申请时间 下单日期 xiadanshijian chuangjianshijian tijiaoshijian xdsj cjsj`,
    fair: 'applytime applyat created gmtcreate inserttime ctime createon paytime 添加时间 录入时间 tjsj',
    weak: 'time date shijian sj 时间 日期',
  },
  updatedAt: {
    strong: `updatetime updatedat updateat updatedtime modifytime modifiedat lastupdatetime lastupdate 更新时间 修改时间
      最后更新时间 变更时间 状态更新时间 gengxinshijian xiugaishijian gxsj xgsj`,
    fair: 'updated gmtmodified statustime statusupdatetime utime changetime lasttime editetime edittime',
    weak: '',
  },
}
