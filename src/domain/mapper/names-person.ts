import type { NameTable } from './column.ts'

/** Names of what an order says of its customer, number and parcel. */
export const personNames: NameTable = {
  customerName: {
    strong: `idname idcardname certname customername ordername addressname realname truename consignee receivername
      contactname 姓名 用户姓名 客户姓名 真实姓名 机主姓名 收货人 收件人 收货人姓名 收件人姓名 入网姓名 办理人 xingming
      kehuxingming yonghuxingming shouhuoren shoujianren khxm yhxm`,
    fair: 'customer receiver linkman buyername username personname 联系人 客户 用户名 lianxiren xm lxr shr sjr',
    weak: 'name contact',
  },
  phone: {
    strong: `mobile addressmobile orderphone contactphone contactmobile phone mobilephone receiverphone receivermobile
      customerphone customermobile usermobile userphone linkphone 手机号 手机号码 手机 联系电话 联系手机 联系方式
      联系号码 收货电话 收件电话 收货手机号 收件人电话 客户手机号 shoujihao shoujihaoma lianxidianhua sjh sjhm lxdh`,
    fair: 'tel telephone phonenumber consigneephone addressphone 电话 电话号码 shouji dianhua sjhaoma',
    weak: 'phoneno phonenum dh sj',
  },
  idNumber: {
    strong: `idcard idnum idnumber idno idcardnum idcardno idcardnumber orderidcard certno certnumber certificateno
      identitycard identityno 身份证 身份证号 身份证号码 证件号 证件号码 shenfenzheng shenfenzhenghao
      shenfenzhenghaoma zhengjianhao sfz sfzh sfzhm zjhm`,
    fair: 'identity certcode certid cardid zjh',
    weak: 'cardno cardnum',
  },
  province: {
    strong: `province provincename addressprovince orderprovince receiverprovince 省 省份 所在省 收货省份 shengfen`,
    fair: 'provincecode region regionname sheng 地区 省市区 diqu',
    weak: 'sf',
  },
  city: {
    strong: 'city cityname addresscity ordercity receivercity 市 城市 地市 所在市 收货城市 chengshi',
    fair: 'citycode shi',
    weak: 'cs',
  },
  district: {
    strong: `district districtname county countyname area areaname addressdistrict addresscounty addressarea
      orderdistrict receiverdistrict 区 县 区县 县区 地区县 所在区 quxian xianqu`,
    fair: 'qu xian',
    weak: 'qx town towns 街道',
  },
  address: {
    strong: `address addressdetail detailaddress detailedaddress orderaddress fulladdress receiveraddress addr
      详细地址 收货地址 收件地址 地址 邮寄地址 配送地址 dizhi xiangxidizhi shouhuodizhi xxdz shdz`,
    fair: 'street addressinfo detail dz sjdz',
    weak: '',
  },
  producedNumber: {
    strong: `planmobileproduced productionnumber producedmobile producednumber planmobile accnumber prettynumber
      thirdphone selectphone selectnumber haoma newphone 生产号码 开卡号码 办理号码 入网号码 新号码 选号 所选号码
      号卡号码 预约号码 shengchanhaoma kaikahaoma xuanhao schm kkhm`,
    fair: 'phoneno phonenum number svcnumber msisdn cardphone simphone cardmobile 号码 hm',
    weak: 'serialnumber phonenumber cardnumber',
  },
  iccid: {
    strong: 'iccid iccidno simiccid iccid号 iccid号码 卡板号',
    fair: 'simno simcardno 白卡号 卡号',
    weak: 'sim kahao',
  },
  courier: {
    strong: `trackingcompany expresscompany expressname logisticsname logisticscompany logisticname shippername
      deliverycompany couriername couriercompany expresscompanyname trackingcompanyname 物流公司 快递名称 快递公司
      物流名称 承运商 配送公司 wuliugongsi kuaidigongsi kuaidimingcheng wlgs kdgs kdmc`,
    fair: 'courier expresstype shippercode carrier express logistics kuaidi wuliu 快递 物流',
    weak: 'trackingcompanyid expresscompanyid expressid logisticsid',
  },
  trackingNo: {
    strong: `trackingnumber trackingno trackingnum orderexpress expressno expresssn expresscode expressnum expressnumber
      logisticsno logisticsnum logisticscode logisticcode logisticssn logisticno waybill waybillno waybillnumber
      waybillcode 运单号 物流单号 快递单号 物流号 快递号 运单号码 物流编号 kuaididanhao wuliudanhao yundanhao kddh wldh ydh`,
    fair: 'mailno shipno courierno deliveryno trackno expressorder expressorderno shippingno kdh wlh',
    weak: 'express tracking logistics 快递 物流',
  },
  shippedAt: {
    strong: `shiptime shippedat shipat shippedtime deliverytime delivertime deliveredat sendtime expresstime
      consigntime 发货时间 寄出时间 发货日期 fahuoshijian fhsj`,
    fair: 'logisticstime outtime',
    weak: '',
  },
}
