import { repliesMigration } from './0001-replies.ts'
import { pushesMigration } from './0002-pushes.ts'
import { countedCallsMigration } from './0003-counted-calls.ts'

/** The raw replies file's schema, oldest step first. */
export const repliesMigrations = [repliesMigration, pushesMigration, countedCallsMigration] as const
