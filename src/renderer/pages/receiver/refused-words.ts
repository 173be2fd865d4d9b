import { pushRefusals, type PushRefusal, type ReceiverState } from '#shared/contract/receiver.ts'

/** Why requests were turned away: the reasons that occurred, most frequent first, and their sum. */
export function refusals(refused: ReceiverState['refused']): { total: number; reasons: [PushRefusal, number][] } {
  const reasons = pushRefusals
    .map((reason): [PushRefusal, number] => [reason, refused[reason]])
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
  return { total: reasons.reduce((sum, [, count]) => sum + count, 0), reasons }
}
