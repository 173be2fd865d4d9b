import type { TextSink } from '#domain/json-stream/reading.ts'
import type { ItemSink } from '#domain/mapper/list-mapper.ts'
import { noList } from '#domain/mapper/map-list.ts'
import { surveyReply, type ReplyFacts, type SurveyedReply } from '#domain/reply.ts'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../connection.ts'
import type { ReplyRow } from '../replies/reply-row.ts'
import { openReplyText } from '../replies/reply-text.ts'

export interface ItemCounts {
  orders: number
  unreadable: number
  conflicts: number
}

/** A stored reply, read but for its elements. */
export interface StoredReply {
  survey: SurveyedReply
  /** Hands on every element in one more pass; `between` is called now and then, when others have had their turn. */
  handOn(sink: ItemSink, between: () => void): Promise<ItemCounts>
}

const none: ItemCounts = { orders: 0, unreadable: 0, conflicts: 0 }

/** Surveys a reply in as many passes as it takes, none of which holds more of it than a piece. */
export async function surveyStored(
  replies: Connection,
  reply: Pick<ReplyRow, 'id' | 'content_type' | 'http_status'>,
  facts: Omit<ReplyFacts, 'httpStatus'>,
): Promise<StoredReply> {
  const text = await openReplyText(replies, reply).catch(tooLarge)
  if (text === null) return { survey: unpacksTooLarge, handOn: () => Promise.resolve(none) }
  const survey = await runPasses(surveyReply({ ...facts, httpStatus: reply.http_status }), (sink) => text.feed(sink))
  return {
    survey,
    async handOn(sink, between) {
      const mapper = survey.list.mapper?.(sink) ?? null
      if (mapper === null) return none
      await text.feed(mapper, between)
      return mapper.counts
    },
  }
}

async function runPasses<Result>(
  passes: Generator<TextSink, Result>,
  feed: (sink: TextSink) => Promise<void>,
): Promise<Result> {
  let step = passes.next()
  for (; step.done !== true; step = passes.next()) await feed(step.value)
  return step.value
}

function tooLarge(thrown: unknown): null {
  if (thrown instanceof AppError && thrown.code === 'tooLarge') return null
  throw thrown
}

/** It may have delivered anything: what it holds is not known. */
const unpacksTooLarge: SurveyedReply = {
  outcome: 'refused',
  error: 'tooLarge',
  didNothing: false,
  code: null,
  said: null,
  total: null,
  list: noList,
}
