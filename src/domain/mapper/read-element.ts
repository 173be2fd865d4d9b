import type { JsonObject } from '../json.ts'
import { computeStage } from '../status/stage.ts'
import type { Axis, AxisValue, OrderField, OrderFields } from '../vocabulary.ts'
import { readAxis } from './axes.ts'
import type { MappingPlan } from './plan.ts'
import { splitRegion } from './region.ts'
import { valueAt } from './value-at.ts'
import type { MappedOrder } from './types.ts'
import { readField } from './values.ts'

/** The order number an element carries; null where it has none. `key`: what it stood under, its number for want of one. */
export function readOrderNo(plan: MappingPlan, element: JsonObject, key: string | null): string | null {
  for (const path of plan.orderNo) {
    const value = readField('orderNo', valueAt(element, path))
    if (value !== null) return value
  }
  return key
}

/** One element as an order. */
export function readElement(plan: MappingPlan, element: JsonObject, orderNo: string, original: string): MappedOrder {
  const fields: OrderFields = { orderNo }
  for (const { column, paths } of plan.columns) {
    const value = firstValue(plan, element, column, paths)
    if (value !== null) fields[column] = value
  }
  splitRegion(fields)
  const axes = readAxes(plan, element)
  const { corrections } = plan.reading
  const stage = computeStage(axes, plan.profile, corrections)
  const upstreamAt = fields.updatedAt ?? null
  return { orderNo, fields, axes, stage, upstreamAt, original, profile: plan.profile, corrections }
}

/** What one column says of an element; null where it says nothing. */
export function readColumn(plan: MappingPlan, element: JsonObject, column: OrderField): string | null {
  const paths = plan.columns.find((one) => one.column === column)?.paths ?? []
  return firstValue(plan, element, column, paths)
}

function firstValue(
  plan: MappingPlan,
  element: JsonObject,
  column: OrderField,
  paths: readonly (readonly string[])[],
): string | null {
  for (const path of paths) {
    const value = readField(column, valueAt(element, path), plan.reading.time)
    if (value !== null) return value
  }
  return null
}

function readAxes(plan: MappingPlan, element: JsonObject): Record<Axis, AxisValue | null> {
  const axes: Record<Axis, AxisValue | null> = {
    production: null,
    activation: null,
    recharge: null,
    settlement: null,
    refund: null,
  }
  for (const { axis, plan: axisPlan } of plan.axes) axes[axis] = readAxis(axisPlan, element)
  return axes
}
