import type { Axis } from '../vocabulary.ts'
import type { Meaning } from './meaning.ts'

/**
 * Words of whose meaning the patterns below would say something else, or nothing. From the field survey; 172 says
 * 已完成 where the parcel has gone out, and 共创 says 已终止 where an order failed.
 */
const exact = new Map<string, Meaning>([
  ['待支付', 'submitted'],
  ['未支付', 'submitted'],
  ['已支付', 'submitted'],
  ['初步审核', 'submitted'],
  ['待受理', 'submitted'],
  ['未受理', 'submitted'],
  ['正在进单', 'submitted'],
  ['进单中', 'submitted'],
  ['进行中', 'submitted'],
  ['待处理', 'submitted'],
  ['未处理', 'submitted'],
  ['新订单', 'submitted'],
  ['提交成功', 'submitted'],
  ['已下单', 'submitted'],
  ['下单成功', 'submitted'],
  ['待提交', 'submitted'],
  ['已提交', 'submitted'],
  ['已提运营商', 'processing'],
  ['已领取', 'processing'],
  ['审核通过', 'processing'],
  ['已审核', 'processing'],
  ['开卡成功', 'processing'],
  ['已开卡', 'processing'],
  ['订单欠费', 'needsMerchant'],
  ['证件审核中', 'needsMerchant'],
  ['已终止', 'failed'],
  ['已完成', 'shipped'],
  ['已拒签', 'shipped'],
  ['已拒收', 'shipped'],
  ['激活未首充', 'activated'],
  ['订单终止', 'gone'],
  ['停销户', 'gone'],
  ['pending', 'submitted'],
  ['submitted', 'submitted'],
  ['processing', 'processing'],
  ['shipped', 'shipped'],
  ['delivered', 'shipped'],
  ['activated', 'activated'],
  ['recharged', 'recharged'],
  ['settled', 'settled'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['cancelled', 'gone'],
  ['canceled', 'gone'],
  ['refunded', 'gone'],
])

/** Read from top to bottom; the first that fits decides, so what ends an order's life stands before what begins it. */
const patterns: readonly (readonly [RegExp, Meaning])[] = [
  [/(?:无法|不予|不可|不能|拒绝|不)结算|结算(?:失败|驳回|异常|不通过)/, 'settlementFailed'],
  [/已(?:完成)?结算|结算(?:成功|完成|完毕)|已返佣|返佣成功|佣金已发|已(?:发放|打款|到账)/, 'settled'],
  [/(?:退款|撤单|取消|销户)(?:失败|驳回|被拒)/, 'processing'],
  [/销户|停机|拆机|注销|终止|取消|撤单|已撤|撤销|退单|失效|作废|关闭|已退款|退款(?:成功|完成)|全额退款/, 'gone'],
  [
    /(?:待|需|请|等待|重新|补)[^,，]{0,4}(?:上传|重传|补传|传照|照片|证件|身份信息|资料|补充|完善|填写)|待补|待重传|重新提交|欠费/,
    'needsMerchant',
  ],
  [/失败|不通过|未通过|驳回|拒绝|被拒|废单|无效|不合格|异常|超时/, 'failed'],
  [/(?:未|待|没|没有|尚未|等待)激活/, 'shipped'],
  [/激活[^,，]{0,2}(?:未|待)(?:首充|首冲|充值)/, 'activated'],
  [/(?:已|完成)(?:首充|首冲|充值)|(?:首充|首冲|充值)(?:成功|完成|达标)/, 'recharged'],
  [/已?激活(?:成功|完成)?$|已激活|已入网|入网成功/, 'activated'],
  [/(?:待|等待|未)(?:发货|配送|出库|寄出|邮寄)|配货|备货|待配/, 'processing'],
  [/发货|签收|出库|寄出|运输|派送|配送|派件|在途|揽收|揽件|妥投|收货|物流中|拒签|拒收/, 'shipped'],
  [/审核|审批|开卡|制卡|写卡|生产|受理|处理|外呼|运营商|领取|开户|选号|派单/, 'processing'],
  [/提交|下单|进单|支付|付款|新建|创建/, 'submitted'],
]

/** On an axis of its own, these say that nothing has happened there (yet). */
const nothingYet =
  /^(?:否|无|没有|未.*|待.*|尚未.*|等待.*|不.{0,3}|.*(?:未|待)(?:激活|首充|首冲|充值|结算|退款).*|.*中|no|n|false|none)$/i
const yes = /^(?:是|有|已|完成|成功|已完成|yes|y|true)$/i
const yesOf: Record<Axis, Meaning | null> = {
  production: null,
  activation: 'activated',
  recharge: 'recharged',
  settlement: 'settled',
  refund: 'gone',
}
/** Meanings an axis may take from the general patterns; anything else that it says is about something else. */
const axisMeanings: Record<Exclude<Axis, 'production'>, readonly Meaning[]> = {
  activation: ['activated', 'recharged', 'gone'],
  recharge: ['recharged'],
  settlement: ['settled', 'settlementFailed'],
  refund: ['gone', 'needsMerchant'],
}

/** A word without what does not change its meaning: blanks, brackets, end marks, case. */
export function plainWord(word: string): string {
  return word.replaceAll(/[\s【】[\]()（）。.!！:：]/g, '').toLowerCase()
}

/** What a status word means on an axis; null where no table knows it. */
export function meaningOfWord(axis: Axis, word: string): Meaning | null {
  const text = plainWord(word)
  if (text === '') return null
  if (axis === 'production') return generalMeaning(text)
  return sideMeaning(axis, text)
}

function generalMeaning(text: string): Meaning | null {
  return exact.get(text) ?? patterns.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

function sideMeaning(axis: Exclude<Axis, 'production'>, text: string): Meaning | null {
  const general = generalMeaning(text)
  if (general !== null && axisMeanings[axis].includes(general)) return general
  if (axis === 'settlement' && /失败|驳回|拒绝|无法|不予/.test(text)) return 'settlementFailed'
  if (axis === 'refund' && /^(?:已?上传|审核通过|无需.*|不需.*|正常)/.test(text)) return 'no'
  if (nothingYet.test(text)) return 'no'
  return yes.test(text) ? yesOf[axis] : null
}
