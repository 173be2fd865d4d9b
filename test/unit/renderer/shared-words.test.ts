import { describe, expect, it } from 'vitest'
import { axes, channels, defaultExportColumns, orderColumns, orderTypes, stages } from '#domain/vocabulary.ts'
import { errorCodes } from '#shared/errors.ts'
import { locales } from '#shared/locales/index.ts'

const merchantHeadings =
  '订单号, 下单时间, 套餐, 姓名, 身份证号, 手机号, 省, 市, 区, 详细地址, 生产号码, 订单状态, 阶段, 失败原因, 备注, 物流公司, 运单号, 激活状态, 激活时间, 首充金额, 佣金, 结算状态, 订单来源'

describe.each(Object.entries(locales))('the words of %s', (_locale, words) => {
  it('name every column, stage, type, axis and channel, each differently', () => {
    const lists = [
      [words.columns.columns, orderColumns],
      [words.columns.stages, stages],
      [words.columns.types, orderTypes],
      [words.columns.axes, axes],
      [words.columns.channels, channels],
    ] as const
    for (const [texts, names] of lists) {
      expect(Object.keys(texts).toSorted()).toEqual([...names].toSorted())
      expect(new Set(Object.values(texts)).size).toBe(names.length)
    }
  })

  it('say for every error code what happened and what to do next', () => {
    expect(Object.keys(words.errors).toSorted()).toEqual(Object.keys(errorCodes).toSorted())
    for (const text of Object.values(words.errors)) expect(text.title && text.action).toBeTruthy()
  })
})

it('heads the default export with the columns merchants know, in their order', () => {
  expect(defaultExportColumns.map((column) => locales['zh-CN'].columns.columns[column]).join(', ')).toBe(
    merchantHeadings,
  )
})
