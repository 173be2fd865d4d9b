import { type Axis, type AxisValue, type OrderFields, type OrderType, type Stage, axes } from '#domain/vocabulary.ts'
import { beijingText } from '../beijing.ts'
import type { Birth } from './birth.ts'
import { type Facts, axesOf, newborn, stageOf } from './facts.ts'
import { versionAt } from './life.ts'
import type { World } from './world.ts'

/** One step of a life, as far as it had happened. */
export interface TruthChange {
  /** Practice time, Beijing. */
  at: string
  version: number
  stage: Stage
  /** Axes that this step moved; empty where only a field changed. */
  moved: { axis: Axis; from: AxisValue | null; to: AxisValue }[]
}

/** What is really so, in the words of the app: what a complete copy would hold. */
export interface TruthOrder {
  orderNo: string
  type: OrderType
  version: number
  stage: Stage
  /** Only what is there; times Beijing, amounts in yuan. */
  fields: OrderFields
  axes: Record<Axis, AxisValue | null>
  changes: TruthChange[]
}

/** An order's truth at a practice time at or after its birth. */
export function truthOf(world: World, index: number, nowMs: number): TruthOrder {
  const steps = world.steps(index)
  const version = versionAt(steps, nowMs)
  const birth = world.birth(index)
  const facts = { ...newborn }
  const changes: TruthChange[] = []
  let before: Record<Axis, AxisValue | null> | null = null
  for (const [at, step] of steps.slice(0, version).entries()) {
    Object.assign(facts, step.patch)
    const after = axesOf(facts)
    changes.push({
      at: beijingText(step.atMs),
      version: at + 1,
      stage: stageOf(facts),
      moved: moves(before, after),
    })
    before = after
  }
  const updatedMs = steps[version - 1]?.atMs ?? birth.createdMs
  return {
    orderNo: birth.orderNo,
    type: birth.type,
    version,
    stage: stageOf(facts),
    fields: fieldsOf(birth, facts, updatedMs),
    axes: axesOf(facts),
    changes,
  }
}

function moves(
  before: Record<Axis, AxisValue | null> | null,
  after: Record<Axis, AxisValue | null>,
): TruthChange['moved'] {
  return axes.flatMap((axis) => {
    const from = before?.[axis] ?? null
    const to = after[axis]
    return to === null || from?.code === to.code ? [] : [{ axis, from, to }]
  })
}

function fieldsOf(birth: Birth, facts: Facts, updatedMs: number): OrderFields {
  const time = (ms: number | null): string => (ms === null ? '' : beijingText(ms))
  const all: Required<Omit<OrderFields, 'settlementRule'>> = {
    orderNo: birth.orderNo,
    ownNo: birth.ownNo,
    createdAt: beijingText(birth.createdMs),
    productName: birth.product.name,
    productId: birth.product.id,
    customerName: birth.customerName,
    idNumber: birth.idNumber,
    phone: birth.phone,
    province: birth.province,
    city: birth.city,
    district: birth.district,
    address: birth.address,
    // One concept: the number on the card, and until there is one the number that was picked.
    producedNumber: facts.producedNumber || birth.pickedNumber,
    iccid: facts.iccid,
    reason: facts.reason,
    remark: facts.remark,
    courier: facts.courier,
    trackingNo: facts.trackingNo,
    shippedAt: time(facts.shippedMs),
    activatedAt: time(facts.activatedMs),
    rechargeAmount: facts.rechargedMs === null ? '' : String(facts.rechargeYuan),
    rechargedAt: time(facts.rechargedMs),
    commission: (birth.product.commissionFen / 100).toFixed(2),
    settledAt: time(facts.settledMs),
    source: birth.source,
    agent: birth.agent?.id ?? '',
    updatedAt: beijingText(updatedMs),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}
