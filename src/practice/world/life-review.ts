import type { LifeScript } from './life-script.ts'

const reviewFailures: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['一证五户超限', '证件'],
  ['身份证已过期', '证件'],
  ['收货地址不在发货范围', '地址'],
  ['年龄不符合办理条件', '年龄'],
  ['联系电话无法接通', '联系'],
  ['命中运营商风控，审核不通过', '风控'],
]

/** From the order's birth to 待开卡. False when it ends on the way. */
export function beReviewed(script: LifeScript): boolean {
  const { dice } = script
  const waitsForPayment = dice.chance(0.06)
  script.after(0, 0, { status: waitsForPayment ? '-100' : '100' })
  if (waitsForPayment && !pay(script)) return false
  script.after(0.05, 2, { status: '120' })
  if (dice.chance(0.03)) return cancel(script, '客户主动取消', true)
  if (dice.chance(0.04)) script.after(1, 12, { status: '125', reason: '收货地区需人工复核' })
  if (dice.chance(0.02)) askForMoney(script)
  if (dice.chance(0.1) && !askForPapers(script)) return false
  script.after(0.5, 8, { status: '200', reason: '', reasonTag: '' })
  if (dice.chance(0.12) && !failReview(script)) return false
  script.after(1, 20, { status: '450', reason: '', reasonTag: '' })
  return true
}

function pay(script: LifeScript): boolean {
  if (script.dice.chance(0.25)) {
    script.after(24, 48, { status: '0', reason: '超时未支付，自动取消' })
    return false
  }
  script.after(0.1, 6, { status: '100' })
  return true
}

function askForMoney(script: LifeScript): void {
  script.after(0.5, 4, { status: '122', reason: '账户余额不足，订单欠费' })
  script.after(2, 30, { status: '120', reason: '' })
}

/** 等待上传照片 or 等待填写身份信息; some have to send them twice, some never do. */
function askForPapers(script: LifeScript): boolean {
  const { dice } = script
  const photo = dice.chance(0.75)
  script.after(0.5, 5, {
    status: photo ? '150' : '140',
    reason: photo ? '请上传身份证正反面及手持照片' : '请补充身份信息',
    reasonTag: '资料',
  })
  if (dice.chance(0.15)) {
    script.after(7 * 24, 8 * 24, { status: '0', reason: '超时未补充资料，订单终止' })
    return false
  }
  if (photo && dice.chance(0.25))
    script.after(3, 40, { status: '-200', reason: '照片模糊，请重新上传', reasonTag: '证件' })
  script.after(2, 48, { status: '120', reason: '', reasonTag: '' })
  return true
}

/** 信息审核失败; a third are put right and sent in again (复活), a few of those fail a second time. */
function failReview(script: LifeScript): boolean {
  const { dice } = script
  const [reason, reasonTag] = dice.pick(reviewFailures)
  script.after(1, 30, { status: '-120', reason, reasonTag })
  if (!dice.chance(0.35)) return false
  script.after(5, 96, { status: '120', reason: '', reasonTag: '', remark: '商家修改资料后重新提交' })
  script.after(1, 10, { status: '200' })
  if (!dice.chance(0.2)) return true
  script.after(1, 20, { status: '-120', reason: '重新提交后仍审核不通过', reasonTag: '风控' })
  return false
}

/** The end of an order, with the money given back where there was any. Always false: nothing follows. */
export function cancel(script: LifeScript, reason: string, refund: boolean): false {
  script.after(1, 30, { status: '0', reason })
  if (refund) script.after(2, 60, (atMs) => ({ refundedMs: atMs }))
  return false
}
