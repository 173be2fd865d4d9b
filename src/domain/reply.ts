import { readEnvelope, sentence, type Envelope } from './envelope/envelope.ts'
import { openData } from './envelope/open-data.ts'
import { refusalInWords, saysNothingNew, saysPushed, saysSuccess, type ReplyError } from './envelope/refusal.ts'
import { statusError } from './envelope/status-error.ts'
import { parseJson, type Json } from './json.ts'
import { mapReply, nothingMapped } from './mapper/map-reply.ts'
import type { Reading } from './mapper/rules.ts'
import type { MappedReply } from './mapper/types.ts'
import type { CodeProfile } from './vocabulary.ts'

export interface ReplyFacts {
  httpStatus: number
  /** Codes seen before on this account with orders or with an empty list, as `ReadReply.code` gave them. */
  knownCodes: ReadonlySet<string>
  /** The code profile this account's replies showed before, where known: helps replies too small to show it. */
  profile?: CodeProfile
  /** The merchant's rules for this account and type; none by default. */
  reading?: Reading
}

export interface ReadReply {
  /**
   * understood: orders, an empty list, a sentence about a push, or a success told by a known code. refused: `error`.
   * unclear: neither, and a code never seen before on this account with orders or with an empty list.
   */
  outcome: 'understood' | 'refused' | 'unclear'
  error: ReplyError | null
  /** True when the upstream surely delivered nothing, so that the call may be repeated as it was. */
  didNothing: boolean
  code: string | null
  /** The upstream's own words, one line without markup; null where it said nothing. */
  said: string | null
  total: number | null
  /** Orders and unreadable items, also where the reply was refused in spite of them: they are to be kept always. */
  mapped: MappedReply
}

/**
 * Reads a whole reply body. Never throws. A code or HTTP status of 400, 403 or 500 refuses, and so do words in msg, info
 * or a sentence in data (never words within orders); otherwise structure decides, not one magic number.
 */
export function readReply(text: string, facts: ReplyFacts): ReadReply {
  const parsed = parseJson(text)
  if (parsed === undefined) return notJson(text, facts.httpStatus)
  const root = openData(parsed)
  const envelope = readEnvelope(root)
  const mapped = mapReply(root, facts.profile, facts.reading)
  const base = { code: envelope.code, said: saidBy(envelope), total: mapped.total, mapped }
  const found = mapped.orders.length + mapped.unreadable.length
  const error = errorOf(envelope, facts.httpStatus, found > 0)
  if (error !== null) {
    const isFault = isServerFault(envelope, facts.httpStatus)
    return { ...base, outcome: 'refused', error, didNothing: found === 0 && didNothing(error, isFault) }
  }
  const understood = found > 0 || isUnderstood(root, envelope, mapped, facts)
  return { ...base, outcome: understood ? 'understood' : 'unclear', error: null, didNothing: false }
}

function errorOf(envelope: Envelope, httpStatus: number, hasElements: boolean): ReplyError | null {
  const byCode = envelope.codes.map(statusError).find((error) => error !== null) ?? statusError(httpStatus)
  // Elements speak for themselves: "部分失败" beside orders refuses nothing.
  if (byCode === null && hasElements) return null
  const byWords = refusalInWords(envelope.sentences, byCode !== null)
  if (byCode === null) return byWords ?? (httpStatus >= 400 ? 'upstreamRefused' : null)
  return byWords === null || byWords === 'upstreamRefused' ? byCode : byWords
}

function isServerFault(envelope: Envelope, httpStatus: number): boolean {
  return [...envelope.codes.map(statusError), statusError(httpStatus)].includes('upstreamFault')
}

/** After a server fault only the limits are trusted to have stopped the call before it did anything. */
function didNothing(error: ReplyError, isFault: boolean): boolean {
  if (error === 'tooFast' || error === 'quotaUsed') return true
  return !isFault && (error === 'unauthorised' || error === 'badParameters')
}

/**
 * Without elements. An empty list is understood whatever the code; null, "" and {} say less, and error replies carry
 * them too, so that a known code, a usual success (200, 0000) or good words must stand beside them; where there is no
 * data at all, a known code must, or words about a push or about nothing being new.
 */
function isUnderstood(root: Json, envelope: Envelope, mapped: MappedReply, facts: ReplyFacts): boolean {
  if (mapped.listPath !== null) return true
  if (envelope.code !== null && facts.knownCodes.has(envelope.code)) return true
  if (saysPushed(envelope.sentences) || saysNothingNew(envelope.sentences)) return true
  if (root === null || envelope.data !== 'empty') return false
  const usual = envelope.codes.length > 0 && envelope.codes.every((code) => /^(?:200|0{4,5})$/.test(code))
  return usual || saysSuccess(envelope.sentences)
}

function saidBy({ sentences }: Envelope): string | null {
  return sentences.length === 0 ? null : sentence(sentences.join(' · '))
}

/** A plain sentence, a web page or half a reply. Only the HTTP status can say that nothing was done. */
function notJson(text: string, httpStatus: number): ReadReply {
  const error = statusError(httpStatus) ?? 'notJson'
  const base = { outcome: 'refused', error, code: null, total: null, mapped: nothingMapped } as const
  return { ...base, didNothing: didNothing(error, httpStatus >= 500), said: saidByPage(text) }
}

/** A page's title, or a short text's own words; never markup, and nothing of what is JSON cut in half. */
function saidByPage(text: string): string | null {
  const head = text
    .slice(0, 4_000)
    .replace(/^\uFEFF/, '')
    .trim()
  if (/^[[{]/.test(head) || head === '') return null
  const title = /<title[^>]{0,200}>([^<]{1,300})<\/title>/i.exec(head)?.[1]
  if (title !== undefined) return shortened(title)
  return /<(?:!doctype|html|head|body|\w+>)/i.test(head) ? null : shortened(head)
}

function shortened(text: string): string {
  const line = sentence(text)
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
