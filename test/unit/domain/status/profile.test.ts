import { describe, expect, it } from 'vitest'
import { chooseProfile } from '#domain/status/profile.ts'
import type { CodeProfile } from '#domain/vocabulary.ts'

const choose = (names: string, codes: string, before?: CodeProfile): CodeProfile =>
  chooseProfile({ names: new Set(names.split(' ')), codes: new Set(codes.split(' ').filter(Boolean)) }, before)

describe('chooseProfile', () => {
  it.each([
    ['550 alone', 'status', '550', 'ganTanHao'],
    ['a few telling codes', 'orderno status', '550 470 -460 0', 'ganTanHao'],
    ['敢探号 names with code 0 only', 'ordersn planmobileproduced isactivated isrecharged', '0', 'ganTanHao'],
    ['codes with leading zeros', 'status', '0550 0200 000', 'ganTanHao'],
    ['999 and 18', 'status', '999 4 18', 'guangMengYun'],
    ['广梦云 names', 'addressname addressmobile firstrechargestatus status', '4', 'guangMengYun'],
    ['172 names and words', 'downorderid orderphone cardstatus orderstatus', '', 'system172'],
    ['号易 names', 'upstatus uporderno firstrecharge', '8 3', 'haoYi'],
    ['共创 names', 'activestate issettled status', '3', 'gongChuang'],
    ['巨量 names', 'rechargestatus paystatus status', '4 7', 'juLiang'],
    ['small codes without a name to go with them', 'orderno status', '4 0 1', 'unknown'],
    ['codes that no table holds', 'planmobileproduced isactivated', '31 32 33', 'unknown'],
    ['nothing', '', '', 'unknown'],
  ] as const)('%s', (_title, names, codes, profile) => {
    expect(choose(names, codes)).toBe(profile)
  })

  it('stays with what the account showed before where the reply is too small to tell', () => {
    expect(choose('orderno status', '0', 'ganTanHao')).toBe('ganTanHao')
    expect(choose('orderno status', '4', 'juLiang')).toBe('juLiang')
  })

  it('leaves it where the codes contradict', () => {
    expect(choose('orderno status', '4 7', 'ganTanHao')).toBe('unknown')
    expect(choose('status', '550 470', 'juLiang')).toBe('ganTanHao')
  })
})
