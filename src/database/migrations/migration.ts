/**
 * One numbered step of a file's schema. Frozen once it has shipped: it imports nothing of the app and only adds.
 * A mistake is mended by a later step.
 */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}
