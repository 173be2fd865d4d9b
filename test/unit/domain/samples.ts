/** Orders as the trade's systems send them (made up; names and codes from the field survey), with overrides. */

export type Sample = Record<string, unknown>
export type Builder = (index?: number, overrides?: Sample) => Sample

const surnames = ['张', '王', '李', '赵', '陈', '刘', '周', '吴']
const given = ['伟', '芳娜', '秀英', '敏', '静怡', '丽', '强', '磊']

export interface Facts {
  no: string
  name: string
  phone: string
  produced: string
  idNumber: string
  tracking: string
  product: string
  created: string
}

/** The same facts under every system's names. */
export function facts(index = 1): Facts {
  const tail = String(10_000 + index).slice(-4)
  return {
    no: `00202409${String(100_000 + index)}`,
    name: `${surnames[index % 8]}${given[(index >> 3) % 8]}`,
    phone: `1380013${tail}`,
    produced: `1709988${tail}`,
    idNumber: `11010119900307${String(1000 + index).slice(-3)}${index % 11 === 10 ? 'X' : String(index % 10)}`,
    tracking: `SF10020030${String(10_000 + index)}`,
    product: ['移动流量王29元190G', '联通长期卡19元', '电信星卡39元套餐'][index % 3]!,
    created: `2024-09-0${1 + (index % 9)} 1${index % 10}:20:30`,
  }
}

export const ganTanHao: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    order_sn: it.no,
    outer_id: `W${9000 + index}`,
    goods_name: it.product,
    goods_id: 300 + (index % 3),
    id_name: it.name,
    id_num: it.idNumber,
    mobile: it.phone,
    plan_mobile: '',
    plan_mobile_produced: it.produced,
    province: '广东省',
    city: '深圳市',
    district: '南山区',
    town: '粤海街道',
    address: `科技路${index}号`,
    status: 550,
    iccid: `898600${String(10_000_000_000_000 + index)}`,
    tracking_company: '顺丰速运',
    tracking_company_id: 3,
    tracking_number: it.tracking,
    reason: '',
    reason_tag: null,
    is_activated: 1,
    activated_at: '2024-09-08 09:10:11',
    is_recharged: 0,
    recharged_at: '0000-00-00 00:00:00',
    recharge_amount: '0.00',
    share_id: 77,
    create_time: it.created,
    update_time: 1725760000 + index,
    ...overrides,
  }
}

/** Words for every status, camel case. */
export const jiTuan: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    orderId: it.no,
    apiOrderId: `D${5000 + index}`,
    productName: it.product,
    customerName: it.name,
    idCard: it.idNumber,
    phone: it.phone,
    haoma: it.produced,
    province: '浙江省',
    city: '杭州市',
    area: '西湖区',
    address: `文三路${index}号`,
    orderStatus: '已发货',
    failReason: '',
    expressName: '中通快递',
    expressNo: `7${String(80_000_000_000_000 + index)}`.slice(0, 14),
    cardStatus: '未激活',
    commission: '60.00',
    createdAt: it.created,
    updatedAt: '2024-09-10 00:00:00',
    ...overrides,
  }
}

export const guangMengYun: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    id: 880_000 + index * 7,
    orderNo: it.no,
    customNo: `C${index}00`,
    goodsName: it.product,
    goodsId: 12,
    idCardName: it.name,
    idCard: it.idNumber,
    addressName: it.name,
    addressMobile: it.phone,
    addressProvince: '河南省',
    addressCity: '郑州市',
    addressDistrict: '金水区',
    addressDetail: `花园路${index}号`,
    selectPhone: it.produced,
    status: 5,
    statusName: '已激活',
    logisticsName: '京东快递',
    logisticsNum: `JD${String(1_000_000_000_000 + index)}`,
    shipTime: 1725500000000,
    activateAt: 1725600000,
    firstRechargeStatus: 2,
    firstRechargeMoney: 50,
    firstRechargeAt: '2024-09-07 12:00:00',
    settleStatus: 4,
    settleReward: '80',
    settleDetails: [{ month: '2024-09', money: 80 }],
    createdAt: it.created,
    ...overrides,
  }
}

export const system172: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    OrderNo: it.no,
    DownOrderID: `X-${index}`,
    ProductID: 501,
    ProductName: it.product,
    order_Name: it.name,
    order_Phone: it.phone,
    order_IDCard: it.idNumber,
    order_Province: '江苏省 南京市 玄武区',
    order_Address: `中山路${index}号`,
    ThirdPhone: it.produced,
    OrderStatus: '已完成',
    ExpressName: '圆通速递',
    order_Express: `YT${String(1_000_000_000_000 + index)}`,
    CardStatus: '已激活',
    ActiveTime: '2024/9/6 8:05',
    IsFirstCharge: 1,
    FirstCharge: '100.00',
    Remark: '加急',
    CreateTime: it.created,
    ...overrides,
  }
}

export const haoYi: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    id: it.no,
    up_order_no: `UP${70_000 + index}`,
    shop_name: it.product,
    name: it.name,
    idcard: it.idNumber,
    phone: it.phone,
    production_number: it.produced,
    up_status: 8,
    express_company: '韵达快递',
    express_sn: `YD${String(1_000_000_000_000 + index)}`,
    jh_time: '2024-09-06 00:00:00',
    first_recharge: 50,
    mark: '',
    create_time: it.created,
    ...overrides,
  }
}

export const gongChuang: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    order_no: it.no,
    partner_order_no: `P${index}`,
    name: it.product,
    customer_name: it.name,
    mobile: it.phone,
    id_card_num: it.idNumber,
    number: it.produced,
    status: 3,
    state_name: '已发货',
    active_state: 1,
    is_settled: 3,
    settled_text: '无法结算',
    settlement_method: '次月结算',
    commission: 45.5,
    express_name: '申通快递',
    express_no: `STO${String(1_000_000_000_000 + index)}`.slice(0, 15),
    create_time: it.created,
    ...overrides,
  }
}

export const juLiang: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    order_id: it.no,
    sku: it.product,
    certName: it.name,
    certNo: it.idNumber,
    contactPhone: it.phone,
    phone_num: it.produced,
    status: 4,
    recharge_status: 1,
    recharge_amount: '50',
    pay_status: 0,
    express_code: it.tracking,
    express_company: '顺丰',
    agent_id: 9,
    created_at: it.created,
    ...overrides,
  }
}

export const chinese: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    订单号: it.no,
    商户订单号: `S${index}`,
    下单时间: it.created,
    套餐: it.product,
    姓名: it.name,
    身份证号: it.idNumber,
    手机号: `'${it.phone}`,
    省份: '四川省',
    城市: '成都市',
    县区: '武侯区',
    详细地址: `人民南路${index}号`,
    生产号码: it.produced,
    订单状态: '审核失败',
    生产失败原因: '证件不清晰',
    备注: '请核对',
    物流公司: '',
    运单号: '',
    激活状态: '未激活',
    首充金额: '0',
    佣金: '35.00元',
    结算状态: '未结算',
    订单来源: '抖音',
    ...overrides,
  }
}

export const pinyin: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    dingdanhao: it.no,
    taocan: it.product,
    xingming: it.name,
    shenfenzheng: it.idNumber,
    shoujihao: it.phone,
    shengchanhaoma: it.produced,
    dizhi: `湖南省长沙市岳麓区麓山路${index}号`,
    zhuangtai: '已发货',
    kuaidigongsi: '极兔速递',
    kuaididanhao: `JT${String(1_000_000_000_000 + index)}`,
    beizhu: '无',
    xiadanshijian: it.created,
    ...overrides,
  }
}

export const initials: Builder = (index = 1, overrides = {}) => {
  const it = facts(index)
  return {
    ddh: it.no,
    tc: it.product,
    xm: it.name,
    sfz: it.idNumber,
    sjh: it.phone,
    hm: it.produced,
    sf: '湖北省',
    cs: '武汉市',
    dz: `洪山区珞喻路${index}号`,
    zt: '待发货',
    kddh: '',
    bz: '',
    xdsj: it.created,
    ...overrides,
  }
}

export function many(builder: Builder, count: number, overrides: (index: number) => Sample = () => ({})): Sample[] {
  return Array.from({ length: count }, (_, index) => builder(index + 1, overrides(index + 1)))
}
