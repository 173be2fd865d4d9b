import { describe, expect, it } from 'vitest'
import { codeEntry } from '#domain/status/codes.ts'
import { computeStage } from '#domain/status/stage.ts'
import type { Axis, AxisValue, CodeProfile, Stage } from '#domain/vocabulary.ts'

/** "production 550, activation 1" as axes; what begins with a digit or a minus sign is a code. */
function axesOf(text: string): Record<Axis, AxisValue | null> {
  const said: Record<Axis, AxisValue | null> = {
    production: null,
    activation: null,
    recharge: null,
    settlement: null,
    refund: null,
  }
  for (const part of text.split(', ').filter((part) => part !== '')) {
    const [axis, value] = part.split(' ') as [Axis, string]
    said[axis] = /^-?\d/.test(value) ? { word: null, code: value } : { word: value, code: null }
  }
  return said
}

const table: Record<CodeProfile, Record<string, Stage>> = {
  ganTanHao: {
    'production -100': 'submitted',
    'production 100': 'submitted',
    'production 120': 'submitted',
    'production 125': 'processing',
    'production 200': 'processing',
    'production 450': 'processing',
    'production 460': 'processing',
    'production 470': 'processing',
    'production 500': 'processing',
    'production 122': 'needsMerchant',
    'production 140': 'needsMerchant',
    'production 150': 'needsMerchant',
    'production -200': 'needsMerchant',
    'production -120': 'failed',
    'production -460': 'failed',
    'production 550': 'shipped',
    'production 0': 'gone',
    'production 550, activation 0': 'shipped',
    'production 550, activation 1': 'activated',
    'production 550, activation 100': 'activated',
    'production 550, activation 200': 'recharged',
    'production 550, activation 1, recharge 1': 'recharged',
    'production 550, activation 1, refund 300': 'gone',
    'production 4': 'unknown',
  },
  guangMengYun: {
    'production 999': 'submitted',
    'production 1': 'processing',
    'production 2': 'processing',
    'production 11': 'processing',
    'production 13': 'processing',
    'production 7': 'needsMerchant',
    'production 8': 'needsMerchant',
    'production 3': 'failed',
    'production 9998': 'failed',
    'production 4': 'shipped',
    'production 6': 'shipped',
    'production 17': 'shipped',
    'production 10': 'shipped',
    'production 18': 'activated',
    'production 5': 'activated',
    'production 15': 'gone',
    'production 16': 'gone',
    'production 5, recharge 1': 'activated',
    'production 5, recharge 2': 'recharged',
    'production 5, recharge 2, settlement 2': 'settled',
    'production 5, recharge 2, settlement 4': 'settlementFailed',
  },
  system172: {
    'production 正在进单': 'submitted',
    'production 已提运营商': 'processing',
    'production 审核不通过': 'failed',
    'production 已完成': 'shipped',
    'production 已完成, activation 已激活': 'activated',
    'production 已发货, activation 已激活, recharge 1': 'recharged',
    'production 已发货, settlement 已结算': 'settled',
    'production 已发货, settlement 无法结算': 'settlementFailed',
    'production 已撤单': 'gone',
    'production 4': 'unknown',
  },
  haoYi: {
    'production 0': 'submitted',
    'production 1': 'processing',
    'production 5': 'needsMerchant',
    'production 11': 'needsMerchant',
    'production 6': 'failed',
    'production 3': 'shipped',
    'production 4': 'shipped',
    'production 8': 'activated',
    'production 8, recharge 50': 'recharged',
    'production 8, recharge 0': 'activated',
    'production 10': 'gone',
  },
  gongChuang: {
    'production 1': 'submitted',
    'production 2': 'processing',
    'production 5': 'failed',
    'production 3': 'shipped',
    'production 3, activation 1': 'activated',
    'production 3, activation 1, settlement 1': 'settled',
    'production 3, activation 1, settlement 3': 'settlementFailed',
  },
  juLiang: {
    'production 0': 'submitted',
    'production 1': 'processing',
    'production 3': 'needsMerchant',
    'production 7': 'failed',
    'production 2': 'shipped',
    'production 4': 'activated',
    'production 4, recharge 1': 'recharged',
    'production 5': 'settled',
    'production 6': 'settlementFailed',
    'production 2, refund 2': 'gone',
  },
  unknown: {
    '': 'unknown',
    'production 4': 'unknown',
    'production 0': 'unknown',
    'production 550': 'unknown',
    'production 已发货': 'shipped',
    'production 已发货, activation 1': 'activated',
    'production 已发货, activation 0, recharge 0, settlement 0': 'shipped',
    'production 已发货, refund 待上传照片': 'shipped',
    'production 待审核, refund 待上传照片': 'needsMerchant',
    'production 已发货, activation 停机': 'gone',
    'production 4, activation 已激活': 'activated',
  },
}

describe.each(Object.entries(table))('the stage by the codes of %s', (profile, rows) => {
  it.each(Object.entries(rows))('"%s" is %s', (text, stage) => {
    expect(computeStage(axesOf(text), profile as CodeProfile)).toBe(stage)
  })
})

describe('a word beside a code', () => {
  it('beats it', () => {
    const production = { word: '已取消', code: '550' }
    expect(computeStage({ ...axesOf(''), production }, 'ganTanHao')).toBe('gone')
  })
  it('that is unknown leaves the code its say', () => {
    const production = { word: '飞走了', code: '550' }
    expect(computeStage({ ...axesOf(''), production }, 'ganTanHao')).toBe('shipped')
  })
})

describe('codeEntry', () => {
  it('does not mind zeros and signs in front', () => {
    expect(codeEntry('production', '0550', 'ganTanHao')?.word).toBe('已发货')
    expect(codeEntry('production', '+550', 'ganTanHao')?.meaning).toBe('shipped')
  })
  it('knows nothing of names that objects have by themselves', () => {
    expect(codeEntry('production', 'constructor', 'ganTanHao')).toBeNull()
    expect(codeEntry('production', '__proto__', 'ganTanHao')).toBeNull()
  })
})
