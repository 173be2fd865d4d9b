import { describe, expect, it } from 'vitest'
import path from 'node:path'
import { exportFileName, historyFileName, withEnding } from '#main/exports/export-file-name.ts'
import { exportWords } from '#main/exports/export-words.ts'
import { exportWordsSchema } from '#shared/contract/exports.ts'
import { axes, orderColumns, orderFlags, orderTypes, stages } from '#domain/vocabulary.ts'

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

describe('the names beside it', () => {
  it('end as the format does, unless the merchant chose an ending', () => {
    expect(exportFileName('zh-CN', '张三店', now, 'xlsx')).toBe('号卡订单-张三店-20261124-2359.xlsx')
    expect(withEnding('/a/orders', 'xlsx')).toBe('/a/orders.xlsx')
    expect(withEnding('/a/orders.txt', 'csv')).toBe('/a/orders.txt')
  })

  const folder = path.join('a', 'b')
  it.each([
    // nothing is there
    [[], 'zh-CN', '订单-变动.csv'],
    [[], 'en', '订单-history.csv'],
    // an earlier export of the same name, which is replaced as a whole
    [['订单.csv', '订单-变动.csv'], 'zh-CN', '订单-变动.csv'],
    // a file that nobody was asked about
    [['订单-变动.csv'], 'zh-CN', '订单-变动 (2).csv'],
    [['订单-变动.csv', '订单-变动 (2).csv'], 'zh-CN', '订单-变动 (3).csv'],
  ] as const)('beside %j, in %s: %s', (there, locale, expected) => {
    const exists = (file: string): boolean => there.some((name) => path.join(folder, name) === file)
    expect(historyFileName(locale, path.join(folder, '订单.csv'), exists)).toBe(path.join(folder, expected))
  })
})

describe("the export's words", () => {
  it.each(['zh-CN', 'en'] as const)('name every column, stage and type in %s', (locale) => {
    const words = exportWordsSchema.parse(exportWords(locale))
    expect(orderColumns.filter((column) => !(column in words.columns))).toEqual([])
    expect(stages.filter((stage) => !(stage in words.stages))).toEqual([])
    expect(orderTypes.filter((type) => !(type in words.types))).toEqual([])
    expect(axes.filter((axis) => !(axis in words.axes))).toEqual([])
    expect(orderFlags.filter((flag) => !(flag in words.flags))).toEqual([])
  })
})
