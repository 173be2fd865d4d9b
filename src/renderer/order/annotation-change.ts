import { annotationLimits, tagSchema, type Annotation, type AnnotationChange } from '#shared/contract/annotations.ts'

/** Two changes as one: the later says what holds. */
export function joinChanges(first: AnnotationChange | null, later: AnnotationChange): AnnotationChange {
  if (first === null) return later
  const without = (tags: string[] | undefined, gone: string[] | undefined): string[] =>
    (tags ?? []).filter((tag) => !(gone ?? []).includes(tag))
  const addTags = [...without(first.addTags, later.removeTags), ...(later.addTags ?? [])]
  const removeTags = [...without(first.removeTags, later.addTags), ...(later.removeTags ?? [])]
  return {
    ...first,
    ...later,
    ...(addTags.length > 0 || first.addTags || later.addTags ? { addTags: [...new Set(addTags)] } : {}),
    ...(removeTags.length > 0 || first.removeTags || later.removeTags ? { removeTags: [...new Set(removeTags)] } : {}),
  }
}

/** What the merchant sees before the database has answered: the same rule as there. */
export function withChange(annotation: Annotation, change: AnnotationChange | null): Annotation {
  if (change === null) return annotation
  const kept = annotation.tags.filter((tag) => !(change.removeTags ?? []).includes(tag))
  return {
    note: change.note ?? annotation.note,
    tags: [...new Set([...kept, ...(change.addTags ?? [])])].slice(0, annotationLimits.tagsOfOrder),
    flag: change.flag === undefined ? annotation.flag : change.flag,
  }
}

/** Tags as typed: several at once by commas or line ends. What cannot be a tag is left out. */
export function tagsIn(typed: string): string[] {
  return typed
    .split(/[,，、;；\n\t]/)
    .map((tag) => tagSchema.safeParse(tag))
    .flatMap((tag) => (tag.success ? [tag.data] : []))
}

/** Tags in use that hold what is typed, those that begin with it first; never one the order has already. */
export function suggestionsFor(typed: string, inUse: readonly { tag: string }[], has: readonly string[]): string[] {
  const wanted = typed.trim().toLowerCase()
  const free = inUse.map(({ tag }) => tag).filter((tag) => !has.includes(tag))
  const starting = free.filter((tag) => tag.toLowerCase().startsWith(wanted))
  const holding = free.filter((tag) => !starting.includes(tag) && tag.toLowerCase().includes(wanted))
  return [...starting, ...holding].slice(0, 8)
}
