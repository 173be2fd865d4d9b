import type { pushRoutes } from '#shared/database/pushes.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { OpenedDatabase } from '../opened-database.ts'
import { listWanted, noteWantedRead } from '../wanted.ts'
import { countPushes, listPushes } from './list-pushes.ts'

export function pushHandlers(current: () => OpenedDatabase): Handlers<typeof pushRoutes> {
  return {
    'pushes.receive': async (push) => {
      const { pushReceiver, pushDesk } = current()
      await pushReceiver.receive(push)
      // After the answer: merging holds up nobody who waits for a commit.
      setImmediate(() => pushDesk.wake())
      return {}
    },
    'pushes.settle': async () => {
      await current().pushDesk.settle()
      return {}
    },
    'pushes.counts': ({ accountId }) => countPushes(current().session, accountId),
    'pushes.list': (input) => listPushes(current().session, input),
    'wanted.list': ({ accountId }) => listWanted(current().session, accountId),
    'wanted.noteRead': async (input) => {
      await noteWantedRead(current().session, input)
      return {}
    },
  }
}
