import { describe, expect, it } from 'vitest'
import { readStored } from '#domain/mapper/read-stored.ts'
import { noRules, plainReading, readingOf, type MappingRules } from '#domain/mapper/rules.ts'
import { mergeOrder } from '#domain/merge-order.ts'
import { expiredPart, rereadOrder } from '#domain/reread-order.ts'
import { ganTanHao, type Sample } from './samples.ts'

const evidence = Array.from({ length: 20 }, (_, index) => JSON.stringify(ganTanHao(index + 2)))

function readings(overrides: Sample, decided: Partial<MappingRules>) {
  const original = JSON.stringify(ganTanHao(1, overrides))
  const read = (rules: MappingRules | null) =>
    readStored([{ orderNo: 'N1', original }], evidence, rules === null ? plainReading : readingOf(rules))[0]!
  return { before: read(null), after: read({ ...noRules, ...decided }) }
}

describe('an order whose sources have expired', () => {
  it('loses what the old reading took and the new one does not, and keeps what came from elsewhere', () => {
    const both = readings({ mobile: '13900001111' }, { fields: { phone: [] } })
    const stored = mergeOrder(null, both.before)
    const again = rereadOrder({ ...stored, fields: { ...stored.fields, remark: '旧' } }, both)
    expect(again.fields).toMatchObject({ remark: '旧', customerName: stored.fields.customerName })
    expect(again.fields.phone).toBeUndefined()
  })

  it('keeps its number unless the rules say where numbers stand', () => {
    expect(readings({}, {}).after.orderNo).toBe('N1')
    expect(readings({ slip: 'S-9' }, { fields: { orderNo: ['slip'] } }).after.orderNo).toBe('S-9')
    expect(readings({}, { fields: { orderNo: ['slip'] } }).after.orderNo).toBe('N1')
  })

  it('enters a change only where an axis reads otherwise', () => {
    const same = readings({}, { fields: { phone: ['mobile'] } })
    expect(rereadOrder(mergeOrder(null, same.before), same).changes).toEqual([])
    const other = readings({ lage: '待审核' }, { fields: { production: ['lage'] } })
    expect(rereadOrder(mergeOrder(null, other.before), other).changes).toMatchObject([
      { axis: 'production', to: { word: '待审核' } },
    ])
  })
})

describe('what of an order will not be read again', () => {
  it('is what its stored element does not explain', () => {
    const both = readings({}, {})
    const stored = mergeOrder(null, both.before)
    const axes = {
      ...stored.axes,
      production: { word: '待审核', code: null },
      activation: null,
      recharge: null,
      settlement: null,
      refund: null,
    }
    const part = expiredPart({ ...stored, fields: { ...stored.fields, remark: '旧' } }, both, axes)
    expect(part).toMatchObject({ fields: { remark: '旧' }, stage: 'processing' })
    expect(part.fields.phone).toBeUndefined()
  })
})
