import { describe, expect, it } from 'vitest'
import { exportFileName } from '#main/exports/export-file-name.ts'
import { exportWords } from '#main/exports/export-words.ts'
import { exportWordsSchema } from '#shared/contract/exports.ts'
import { orderColumns, orderTypes, stages } from '#domain/vocabulary.ts'

/** 2026-11-24 23:59 in Beijing, whatever the PC's zone. */
const now = Date.UTC(2026, 10, 24, 15, 59)

describe("the export's file name", () => {
  it.each([
    ['zh-CN', '张三店', '号卡订单-张三店-20261124-2359.csv'],
    ['en', 'Shop', 'Haoka-orders-Shop-20261124-2359.csv'],
    ['zh-CN', 'a/b\\c:d*e?"<>|\n', '号卡订单-a_b_c_d_e______-20261124-2359.csv'],
    ['zh-CN', '../..', '号卡订单-.._-20261124-2359.csv'],
    ['zh-CN', ' .. ', '号卡订单-_-20261124-2359.csv'],
  ] as const)('%s, account %j: %s', (locale, account, expected) => {
    expect(exportFileName(locale, account, now)).toBe(expected)
  })
})

describe("the export's words", () => {
  it.each(['zh-CN', 'en'] as const)('name every column, stage and type in %s', (locale) => {
    const words = exportWordsSchema.parse(exportWords(locale))
    expect(orderColumns.filter((column) => !(column in words.columns))).toEqual([])
    expect(stages.filter((stage) => !(stage in words.stages))).toEqual([])
    expect(orderTypes.filter((type) => !(type in words.types))).toEqual([])
  })
})
