/** Card products, distributors and couriers of the practice world. Product ids keep leading zeros. */
export interface Product {
  id: string
  name: string
  /** What a settled order earns, in fen. */
  commissionFen: number
  /** The least first recharge, in yuan. */
  rechargeYuan: number
}

export const products: readonly [Product, ...Product[]] = [
  { id: '0012', name: '流量王29元', commissionFen: 12_000, rechargeYuan: 50 },
  { id: '0013', name: '流量王39元', commissionFen: 15_000, rechargeYuan: 50 },
  { id: '0105', name: '星河卡19元', commissionFen: 8_050, rechargeYuan: 50 },
  { id: '0108', name: '长风卡29元（首月免费）', commissionFen: 11_000, rechargeYuan: 100 },
  { id: '0231', name: '校园畅享卡', commissionFen: 6_500, rechargeYuan: 30 },
  { id: '0307', name: '山海卡59元 5G', commissionFen: 22_000, rechargeYuan: 100 },
  { id: '0419', name: '银龄关爱卡8元', commissionFen: 3_000, rechargeYuan: 30 },
  { id: '1024', name: '飞翔卡"大流量"版', commissionFen: 13_500, rechargeYuan: 50 },
]

export interface Agent {
  id: string
  shop: string
}

export const agents: readonly [Agent, ...Agent[]] = [
  { id: '80001', shop: '城南数码店' },
  { id: '80002', shop: '大学城代理小陈' },
  { id: '80017', shop: '老街通讯' },
  { id: '80023', shop: '鑫达手机卖场' },
  { id: '80101', shop: '朋友圈推广A组' },
  { id: '80102', shop: '朋友圈推广B组' },
]

export interface Courier {
  name: string
  prefix: string
  digits: number
}

export const couriers: readonly [Courier, ...Courier[]] = [
  { name: '顺丰速运', prefix: 'SF', digits: 13 },
  { name: '京东物流', prefix: 'JDVB', digits: 11 },
  { name: '圆通速递', prefix: 'YT', digits: 13 },
  { name: '中通快递', prefix: '7', digits: 13 },
]
