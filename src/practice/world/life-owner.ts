import { dayMs, hourMs } from '../beijing.ts'
import type { LifeScript } from './life-script.ts'

const unsettledReasons = ['欠费', '违章停机', '机主姓名不一致', '首充不足或渠道错误', '短期销户'] as const

/**
 * From the signed parcel on: activation (a quarter never), first recharge (a fifth late, a fifth never), 停机 and 销户,
 * settlement three to seven weeks after activation. Production stays 550 all the while, as the real system leaves it.
 */
export function beOwned(script: LifeScript): void {
  const { dice } = script
  if (dice.chance(0.25)) return
  script.after(2, 9 * 24, (atMs) => ({ activatedMs: atMs }))
  const activatedMs = script.atMs
  const enough = rechargeFirst(script, activatedMs)
  const stopped = dice.chance(0.07) && beStopped(script, activatedMs)
  if (dice.chance(0.03)) {
    script.at(activatedMs + dice.between(15, 50) * dayMs, { status: '0', reason: '用户销户', reasonTag: '销户' })
  }
  settle(script, activatedMs, stopped ? '违章停机' : enough ? null : '首充不足或渠道错误')
}

/** True when the recharge will count at settlement. */
function rechargeFirst(script: LifeScript, activatedMs: number): boolean {
  const { dice } = script
  const kind = dice.next()
  if (kind > 0.8) return false
  const late = kind > 0.6
  const hours = late ? dice.between(10 * 24, 40 * 24) : dice.between(0.2, 48)
  const tooLittle = dice.chance(0.08)
  const rechargeYuan = tooLittle ? 10 : dice.pick([50, 50, 50, 100, 30])
  script.at(activatedMs + hours * hourMs, (atMs) => ({ rechargedMs: atMs, rechargeYuan }))
  return !tooLittle
}

/** 停机, and for some 复机 later. True when it stays stopped. */
function beStopped(script: LifeScript, activatedMs: number): boolean {
  const { dice } = script
  const atMs = activatedMs + dice.between(3, 22) * dayMs
  script.at(atMs, { reason: '号码已停机', reasonTag: '停机', remark: '运营商通知：违章停机' })
  if (!dice.chance(0.4)) return true
  script.at(atMs + dice.between(1, 5) * dayMs, { reason: '号码已复机', reasonTag: '' })
  return false
}

/** Settled, or not for a reason; some appeal and win, some settlements are taken back. */
function settle(script: LifeScript, activatedMs: number, against: string | null): void {
  const { dice } = script
  const atMs = activatedMs + dice.between(24, 48) * dayMs
  const reason = against ?? (dice.chance(0.12) ? dice.pick(unsettledReasons) : null)
  if (reason === null) {
    script.at(atMs, (settledMs) => ({ settlement: '已结算', settledMs }))
    if (dice.chance(0.03)) {
      const backMs = atMs + dice.between(3, 12) * dayMs
      script.at(backMs, { settlement: '无法结算', settledMs: null, remark: '结算撤回：短期销户' })
    }
    return
  }
  script.at(atMs, { settlement: '无法结算', remark: `无法结算原因：${reason}` })
  if (!dice.chance(0.25)) return
  const wonMs = atMs + dice.between(4, 14) * dayMs
  script.at(wonMs, (settledMs) => ({ settlement: '已结算', settledMs, remark: '申诉通过，补结算' }))
}
