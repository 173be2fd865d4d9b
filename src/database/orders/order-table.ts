import { axes, orderFields, type Axis, type AxisValue, type OrderField, type OrderFields } from '#domain/vocabulary.ts'
import type { Value } from '../connection.ts'

/** The orders table's columns for the fields and the axes; migration 0001 spells them out. */
export function fieldColumn(field: OrderField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export const fieldColumns: readonly string[] = orderFields.map(fieldColumn)
export const axisColumns: readonly string[] = axes.flatMap((axis) => [`${axis}_word`, `${axis}_code`])

type Cells = Readonly<Record<string, Value>>

export function fieldsOf(row: Cells): OrderFields {
  const fields: OrderFields = {}
  for (const [index, field] of orderFields.entries()) {
    const value = row[fieldColumns[index] ?? '']
    if (typeof value === 'string') fields[field] = value
  }
  return fields
}

export function axesOf(row: Cells): Record<Axis, AxisValue | null> {
  const value = (axis: Axis): AxisValue | null => {
    const word = textOf(row[`${axis}_word`])
    const code = textOf(row[`${axis}_code`])
    return word === null && code === null ? null : { word, code }
  }
  return {
    production: value('production'),
    activation: value('activation'),
    recharge: value('recharge'),
    settlement: value('settlement'),
    refund: value('refund'),
  }
}

/** The values of fieldColumns and axisColumns, in that order. */
export function orderValues(fields: OrderFields, states: Readonly<Record<Axis, AxisValue | null>>): Value[] {
  return [
    ...orderFields.map((field) => fields[field] ?? null),
    ...axes.flatMap((axis) => [states[axis]?.word ?? null, states[axis]?.code ?? null]),
  ]
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null
}
