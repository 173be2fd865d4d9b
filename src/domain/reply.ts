import { readEnvelope, sentence, type Envelope } from './envelope/envelope.ts'
import { openData } from './envelope/open-data.ts'
import { refusalInWords, saysNothingNew, saysPushed, saysSuccess, type ReplyError } from './envelope/refusal.ts'
import { statusError } from './envelope/status-error.ts'
import { JsonOutline } from './json-stream/outline.ts'
import type { TextSink } from './json-stream/reading.ts'
import type { Json } from './json.ts'
import { mapList } from './mapper/collect.ts'
import { EarlySurvey } from './mapper/early-survey.ts'
import { mostElements, noList, surveyList, type SurveyedList } from './mapper/map-list.ts'
import { plainReading, type Reading } from './mapper/rules.ts'
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

/** A reply read but for its elements: those come by `mapper`, in one more pass through the text. */
export interface SurveyedReply extends Omit<ReadReply, 'mapped'> {
  list: SurveyedList
}

/** Reads a whole reply body at hand; see surveyReply. */
export function readReply(text: string, facts: ReplyFacts): ReadReply {
  const passes = surveyReply(facts)
  let step = passes.next()
  for (; step.done !== true; step = passes.next()) step.value.feed(text)
  const { list, ...read } = step.value
  return { ...read, mapped: mapList(list, text) }
}

/**
 * Reads a reply body of any size: yields what is to be fed with its whole text, once for each pass. Never throws. A code
 * or HTTP status of 400, 403 or 500 refuses, and so do words in msg, info or a sentence in data (never words within
 * orders); otherwise structure decides, not one magic number.
 */
export function* surveyReply(facts: ReplyFacts): Generator<TextSink, SurveyedReply> {
  const early = new EarlySurvey(mostElements)
  const outline = new JsonOutline(early)
  const head = new TextHead(outline)
  yield head
  const parsed = outline.end()
  if (parsed === undefined) return notJson(head.text, facts.httpStatus)
  const root = openData(parsed)
  const envelope = readEnvelope(root)
  const list = yield* surveyList(root, facts.profile, facts.reading ?? plainReading, early)
  const base = { code: envelope.code, said: saidBy(envelope), total: list.head.total, list }
  if (list.tooMany) return { ...base, outcome: 'refused', error: 'tooLarge', didNothing: false }
  const found = list.elements > 0
  const error = errorOf(envelope, facts.httpStatus, found)
  if (error !== null) {
    const isFault = isServerFault(envelope, facts.httpStatus)
    return { ...base, outcome: 'refused', error, didNothing: !found && didNothing(error, isFault) }
  }
  const understood = found || isUnderstood(root, envelope, list.head.listPath, facts)
  return { ...base, outcome: understood ? 'understood' : 'unclear', error: null, didNothing: false }
}

/** Passes a text on and keeps its beginning. */
class TextHead implements TextSink {
  text = ''
  readonly #next: TextSink

  constructor(next: TextSink) {
    this.#next = next
  }

  feed(text: string): void {
    if (this.text.length < longestHead) this.text = (this.text + text).slice(0, longestHead)
    this.#next.feed(text)
  }
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
function isUnderstood(root: Json, envelope: Envelope, listPath: string | null, facts: ReplyFacts): boolean {
  if (listPath !== null) return true
  if (envelope.code !== null && facts.knownCodes.has(envelope.code)) return true
  if (saysPushed(envelope.sentences) || saysNothingNew(envelope.sentences)) return true
  if (root === null || envelope.data !== 'empty') return false
  const usual = envelope.codes.length > 0 && envelope.codes.every((code) => /^(?:200|0{4,5})$/.test(code))
  return usual || saysSuccess(envelope.sentences)
}

function saidBy({ sentences }: Envelope): string | null {
  return sentences.length === 0 ? null : sentence(sentences.join(' · '))
}

const longestHead = 4_000

/** A plain sentence, a web page or half a reply. Only the HTTP status can say that nothing was done. */
function notJson(text: string, httpStatus: number): SurveyedReply {
  const error = statusError(httpStatus) ?? 'notJson'
  const base = { outcome: 'refused', error, code: null, total: null, list: noList } as const
  return { ...base, didNothing: didNothing(error, httpStatus >= 500), said: saidByPage(text) }
}

/** A page's title, or a short text's own words; never markup, and nothing of what is JSON cut in half. */
function saidByPage(text: string): string | null {
  const head = text
    .slice(0, longestHead)
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
