import type { LifeScript } from './life-script.ts'
import { cancel } from './life-review.ts'
import { cardNumber, simSerial } from './people.ts'
import { couriers } from './products.ts'

/** From 待开卡 to a parcel that was signed for. False when there is no card or nobody took it. */
export function makeAndShip(script: LifeScript): boolean {
  const { dice } = script
  if (dice.chance(0.02)) return cancel(script, '运营商反馈客户申请撤单', true)
  if (dice.chance(0.5)) script.after(0.2, 6, { status: '460' })
  script.after(0.5, 10, { status: '470' })
  if (dice.chance(0.05) && !failMaking(script)) return false
  script.after(1, 24, { status: '500', producedNumber: cardNumber(dice), iccid: simSerial(dice) })
  ship(script)
  if (dice.chance(0.04)) {
    script.after(24, 100, { parcel: '已拒签', remark: '收件人拒签，卡片退回' })
    return cancel(script, '拒签退回，订单终止', dice.chance(0.5))
  }
  script.after(20, 110, { parcel: '已签收' })
  return true
}

/** 开卡失败; half of them are made again. */
function failMaking(script: LifeScript): boolean {
  const { dice } = script
  const reason = dice.pick(['号码已被占用，开卡失败', '实名系统异常，开卡失败', '该证件名下有欠费号码'])
  script.after(0.5, 12, { status: '-460', reason, reasonTag: '开卡' })
  if (!dice.chance(0.5)) return false
  script.after(4, 60, { status: '470', reason: '', reasonTag: '', remark: '换号后重新开卡' })
  return true
}

function ship(script: LifeScript): void {
  const { dice } = script
  const courier = dice.pick(couriers)
  const trackingNo = courier.prefix + dice.digits(courier.digits)
  script.after(2, 30, (atMs) => ({
    status: '550',
    parcel: '运输中',
    courier: courier.name,
    trackingNo,
    shippedMs: atMs,
  }))
}
