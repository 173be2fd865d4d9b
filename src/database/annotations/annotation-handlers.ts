import type { annotationRoutes } from '#shared/contract/annotations.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { OpenedDatabase } from '../opened-database.ts'
import { markOrders, saveAnnotation } from './annotate.ts'
import { readTagsInUse } from './tags-in-use.ts'

export function annotationHandlers(opened: () => OpenedDatabase): Handlers<typeof annotationRoutes> {
  return {
    'annotations.save': (input) => saveAnnotation(opened().session, input),
    'annotations.mark': (input, context) => markOrders(opened().session, opened().lists, input, context),
    'annotations.tags': ({ accountId }) => readTagsInUse(opened().session, accountId),
  }
}
