import type { CodeProfile } from '../vocabulary.ts'
import { plainCode, productionCodes } from './codes.ts'

/** What a reply shows of the system it comes from. */
export interface ProfileEvidence {
  /** Normalised names of the elements' fields. */
  names: ReadonlySet<string>
  /** Distinct production codes. */
  codes: ReadonlySet<string>
}

type Known = Exclude<CodeProfile, 'unknown'>

/** Names that only (or mostly) one system uses. */
const names: Record<Known, string> = {
  ganTanHao:
    'planmobileproduced planmobile isactivated isrecharged reasontag upstreamreason trackingcompany idnum outerid',
  guangMengYun: `addressname addressmobile firstrechargestatus firstrechargemoney firstrechargeat settlestatus
    settlereward settledetails settleat activateat idcardname`,
  system172: `downorderid thirdphone ordername orderphone orderidcard orderexpress cardstatus isfirstcharge orderprovince
    172订单号`,
  haoYi: 'upstatus uporderno firstrecharge apisn productionnumber jhtime',
  gongChuang: 'activestate issettled settledtext statename settlementmethod',
  juLiang: 'paystatus rechargestatus prettynumber phonenum',
}

/** Codes that give a system away by themselves. */
const telling: Partial<Record<Known, string>> = {
  ganTanHao: '550 470 460 450 -460 -200 -120 120 122 125 140 150',
  guangMengYun: '999 9998',
}
/** Codes that point to a system and need other evidence beside them. */
const hinting: Partial<Record<Known, string>> = {
  ganTanHao: '100 -100 200 500',
  guangMengYun: '13 15 16 17 18',
}

const known: readonly Known[] = ['ganTanHao', 'guangMengYun', 'system172', 'haoYi', 'gongChuang', 'juLiang']
const sure = 2
/** What it counts that the account was known by a profile before. */
const knownBefore = 1.5

/**
 * Chooses the system whose codes these are, by evidence over the whole reply: telling names, telling codes, and no more
 * than a few codes that its table lacks. Nothing sure: what was known of the account before, else `unknown`.
 */
export function chooseProfile(evidence: ProfileEvidence, before: CodeProfile = 'unknown'): CodeProfile {
  const plain = { names: evidence.names, codes: new Set([...evidence.codes].map(plainCode)) }
  const scored = known
    .map((profile) => ({ profile, score: scoreOf(profile, plain, before) }))
    .sort((one, other) => other.score - one.score)
  const [best, second] = scored
  if (best === undefined || best.score < (best.profile === before ? knownBefore : sure)) return 'unknown'
  return second !== undefined && second.score === best.score ? 'unknown' : best.profile
}

/** 0 where the codes contradict. */
function scoreOf(profile: Known, { names: seen, codes }: ProfileEvidence, before: CodeProfile): number {
  const table = new Set(productionCodes(profile))
  const numbers = [...codes]
  const foreign = numbers.filter((code) => !table.has(code)).length
  if (table.size > 0 && foreign > numbers.length * 0.2) return 0
  const points =
    count(names[profile], seen) + count(telling[profile], codes) * 2 + Math.min(count(hinting[profile], codes) * 0.5, 1)
  return points + (profile === before ? knownBefore : 0)
}

function count(list: string | undefined, seen: ReadonlySet<string>): number {
  return words(list ?? '').filter((word) => seen.has(word)).length
}

function words(list: string): string[] {
  return list.split(/\s+/).filter((word) => word !== '')
}
