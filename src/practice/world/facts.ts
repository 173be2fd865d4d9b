import type { Axis, AxisValue, Stage } from '#domain/vocabulary.ts'

/** Production codes of 敢探号 and their words, as its public API page lists them. */
export const productionWords = {
  '-100': '待支付',
  '100': '已支付',
  '120': '初步审核',
  '122': '订单欠费',
  '125': '敏感地区待审核',
  '140': '等待填写身份信息',
  '150': '等待上传照片',
  '200': '待审核',
  '450': '待开卡',
  '460': '已领取',
  '470': '开卡中',
  '500': '待发货',
  '550': '已发货',
  '-120': '信息审核失败',
  '-200': '证件不合格待重传',
  '-460': '开卡失败',
  '0': '订单终止',
} as const
export type ProductionCode = keyof typeof productionWords

/** What changes in an order's life. '' and null mean "not yet" or "none"; times are epoch milliseconds. */
export interface Facts {
  status: ProductionCode
  /** Where the parcel is; production stays 550 meanwhile. */
  parcel: '' | '运输中' | '已签收' | '已拒签'
  reason: string
  reasonTag: string
  remark: string
  producedNumber: string
  iccid: string
  courier: string
  trackingNo: string
  shippedMs: number | null
  activatedMs: number | null
  rechargedMs: number | null
  rechargeYuan: number
  settlement: '未结算' | '已结算' | '无法结算'
  settledMs: number | null
  refundedMs: number | null
}

export const newborn: Facts = {
  status: '100',
  parcel: '',
  reason: '',
  reasonTag: '',
  remark: '',
  producedNumber: '',
  iccid: '',
  courier: '',
  trackingNo: '',
  shippedMs: null,
  activatedMs: null,
  rechargedMs: null,
  rechargeYuan: 0,
  settlement: '未结算',
  settledMs: null,
  refundedMs: null,
}

const stageOfStatus: Record<ProductionCode, Stage> = {
  '-100': 'submitted',
  '100': 'submitted',
  '120': 'submitted',
  '122': 'needsMerchant',
  '125': 'processing',
  '140': 'needsMerchant',
  '150': 'needsMerchant',
  '200': 'processing',
  '450': 'processing',
  '460': 'processing',
  '470': 'processing',
  '500': 'processing',
  '550': 'shipped',
  '-120': 'failed',
  '-200': 'needsMerchant',
  '-460': 'failed',
  '0': 'gone',
}

/** The stage these facts amount to: gone and failed first, then as far as the order has come. */
export function stageOf(facts: Facts): Stage {
  const byStatus = stageOfStatus[facts.status]
  if (facts.refundedMs !== null) return 'gone'
  if (byStatus !== 'shipped') return byStatus
  if (facts.settlement === '已结算') return 'settled'
  if (facts.settlement === '无法结算') return 'settlementFailed'
  if (facts.rechargedMs !== null) return 'recharged'
  return facts.activatedMs !== null ? 'activated' : 'shipped'
}

export const settlementCodes: Record<Facts['settlement'], string> = { 未结算: '0', 已结算: '1', 无法结算: '3' }

/** All five axes of these facts with code and word. Refund is null until there is one. */
export function axesOf(facts: Facts): Record<Axis, AxisValue | null> {
  const activated = facts.activatedMs !== null
  const recharged = facts.rechargedMs !== null
  return {
    production: { code: facts.status, word: productionWords[facts.status] },
    activation: { code: activated ? '1' : '0', word: activated ? '已激活' : '未激活' },
    recharge: { code: recharged ? '1' : '0', word: recharged ? '已首充' : '未首充' },
    settlement: { code: settlementCodes[facts.settlement], word: facts.settlement },
    refund: facts.refundedMs === null ? null : { code: '300', word: '已退款' },
  }
}
