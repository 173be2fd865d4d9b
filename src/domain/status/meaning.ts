import type { Stage } from '../vocabulary.ts'

/**
 * What one axis comes to: the stage it speaks of, or `no` where it says that nothing has happened (未激活, 0).
 * "Cannot be told" is null wherever a meaning is looked up: such a word or code is shown as it came, never guessed.
 */
export type Meaning = Exclude<Stage, 'unknown'> | 'no'
