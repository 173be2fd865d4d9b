import type { Annotation } from '#shared/contract/annotations.ts'
import { orderFlags, type OrderFlag } from '#domain/vocabulary.ts'
import type { Value } from '../connection.ts'

/** The columns note, tags and flag of a stored order. */
export interface AnnotationCells {
  note: string | null
  /** One tag a line. */
  tags: string | null
  flag: string | null
}

export function toAnnotation({ note, tags, flag }: AnnotationCells): Annotation {
  return { note: note ?? '', tags: tagsOf(tags), flag: flagOf(flag) }
}

export function toCells({ note, tags, flag }: Annotation): Value[] {
  return [note === '' ? null : note, tags.length === 0 ? null : tags.join('\n'), flag]
}

export function tagsOf(stored: Value): string[] {
  return typeof stored === 'string' && stored !== '' ? stored.split('\n') : []
}

export function flagOf(stored: Value): OrderFlag | null {
  return orderFlags.find((flag) => flag === stored) ?? null
}
