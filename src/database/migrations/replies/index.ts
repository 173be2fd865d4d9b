import { repliesMigration } from './0001-replies.ts'

/** The raw replies file's schema, oldest step first. */
export const repliesMigrations = [repliesMigration] as const
