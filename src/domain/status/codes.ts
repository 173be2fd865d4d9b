import type { Axis, CodeProfile } from '../vocabulary.ts'
import type { Meaning } from './meaning.ts'

/** A code's own words in its system (where known) and what it means. */
export interface CodeEntry {
  word: string | null
  meaning: Meaning
}

type Codes = Readonly<Record<string, readonly [string | null, Meaning]>>
type ProfileCodes = Readonly<Partial<Record<Axis, Codes>>>

const yesNo = (meaning: Meaning): Codes => ({ 0: [null, 'no'], 1: [null, meaning] })

/** Code tables by system, from the field survey that docs/architecture.md sums up. */
const tables: Record<CodeProfile, ProfileCodes> = {
  ganTanHao: {
    production: {
      '-100': ['待支付', 'submitted'],
      100: ['已支付', 'submitted'],
      120: ['初步审核', 'submitted'],
      125: ['敏感地区待审核', 'processing'],
      200: ['待审核', 'processing'],
      450: ['待开卡', 'processing'],
      460: ['已领取', 'processing'],
      470: ['开卡中', 'processing'],
      500: ['待发货', 'processing'],
      122: ['订单欠费', 'needsMerchant'],
      140: ['等待填写身份信息', 'needsMerchant'],
      150: ['等待上传照片', 'needsMerchant'],
      '-200': ['证件不合格待重传', 'needsMerchant'],
      '-120': ['信息审核失败', 'failed'],
      '-460': ['开卡失败', 'failed'],
      550: ['已发货', 'shipped'],
      0: ['订单终止', 'gone'],
    },
    activation: { ...yesNo('activated'), 100: [null, 'activated'], 200: [null, 'recharged'] },
    recharge: yesNo('recharged'),
    refund: { 0: [null, 'no'], 300: [null, 'gone'] },
  },
  guangMengYun: {
    production: {
      999: ['待受理', 'submitted'],
      1: ['审核', 'processing'],
      2: ['审核', 'processing'],
      11: ['客服外呼', 'processing'],
      13: ['待发货', 'processing'],
      7: ['待上传证件', 'needsMerchant'],
      8: ['证件审核中', 'needsMerchant'],
      3: ['审核失败', 'failed'],
      9998: ['无效废单', 'failed'],
      4: ['已发货', 'shipped'],
      6: ['已签收', 'shipped'],
      17: ['已拒签', 'shipped'],
      10: ['待激活', 'shipped'],
      18: ['激活未首充', 'activated'],
      5: ['已激活', 'activated'],
      15: ['已取消', 'gone'],
      16: ['停销户', 'gone'],
    },
    activation: yesNo('activated'),
    recharge: { 0: [null, 'no'], 1: [null, 'no'], 2: [null, 'recharged'] },
    settlement: { 0: [null, 'no'], 1: [null, 'no'], 2: [null, 'settled'], 4: [null, 'settlementFailed'] },
  },
  system172: {
    activation: yesNo('activated'),
    recharge: yesNo('recharged'),
  },
  haoYi: {
    production: {
      0: [null, 'submitted'],
      1: ['开卡中', 'processing'],
      5: ['待上传证件', 'needsMerchant'],
      11: ['待上传证件', 'needsMerchant'],
      6: ['开卡失败', 'failed'],
      3: ['已发货', 'shipped'],
      4: ['待激活', 'shipped'],
      8: ['已激活', 'activated'],
      10: ['已取消', 'gone'],
    },
    activation: yesNo('activated'),
  },
  gongChuang: {
    production: {
      1: ['进行中', 'submitted'],
      2: ['待发货', 'processing'],
      5: ['已终止', 'failed'],
      3: ['已发货', 'shipped'],
    },
    activation: yesNo('activated'),
    settlement: { 0: [null, 'no'], 1: [null, 'settled'], 3: [null, 'settlementFailed'] },
  },
  juLiang: {
    production: {
      0: ['已提交', 'submitted'],
      1: ['待发货', 'processing'],
      3: ['待传照片', 'needsMerchant'],
      7: ['审核失败', 'failed'],
      2: ['已发货', 'shipped'],
      4: ['已激活', 'activated'],
      5: ['已结算', 'settled'],
      6: ['结算失败', 'settlementFailed'],
    },
    activation: yesNo('activated'),
    recharge: yesNo('recharged'),
    refund: { 0: [null, 'no'], 1: [null, 'no'], 2: [null, 'gone'] },
  },
  // Yes and no are the only codes that read the same everywhere; a bare status number does not.
  unknown: {
    activation: yesNo('activated'),
    recharge: yesNo('recharged'),
    settlement: yesNo('settled'),
    refund: { 0: [null, 'no'] },
  },
}

/** What a code means in a system; null where its table does not say. Leading zeros and `+` do not matter. */
export function codeEntry(axis: Axis, code: string, profile: CodeProfile): CodeEntry | null {
  const key = plainCode(code)
  const codes = tables[profile][axis] ?? {}
  const entry = Object.hasOwn(codes, key) ? codes[key] : undefined
  if (entry !== undefined) return { word: entry[0], meaning: entry[1] }
  return axis === 'recharge' ? rechargeByAmount(key, profile) : null
}

/** The production codes of a system, for telling systems apart. */
export function productionCodes(profile: CodeProfile): readonly string[] {
  return Object.keys(tables[profile].production ?? {})
}

/** 号易 states the first recharge by its amount alone: first_recharge > 0. */
function rechargeByAmount(code: string, profile: CodeProfile): CodeEntry | null {
  const amount = Number(code)
  if (profile !== 'haoYi' || Number.isNaN(amount)) return null
  return { word: null, meaning: amount > 0 ? 'recharged' : 'no' }
}

/** A code without what does not change its meaning: leading zeros, `+`. */
export function plainCode(code: string): string {
  return /^[+-]?\d+$/.test(code) ? String(Number(code)) : code
}
