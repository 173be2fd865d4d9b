import { annotationLimits, type Annotation, type AnnotationChange } from '#shared/contract/annotations.ts'

/** What stands at an order after a change: what it does not name stays; a tag stands once, and only so many do. */
export function applyChange(before: Annotation, change: AnnotationChange): Annotation {
  const removed = new Set(change.removeTags)
  const kept = before.tags.filter((tag) => !removed.has(tag))
  const tags = [...new Set([...kept, ...(change.addTags ?? [])])].slice(0, annotationLimits.tagsOfOrder)
  return {
    note: change.note === undefined ? before.note : noteOf(change.note),
    tags,
    flag: change.flag === undefined ? before.flag : change.flag,
  }
}

/** Line ends as one kind; nothing but blanks is no note. */
function noteOf(text: string): string {
  const note = text.replaceAll(/\r\n?/g, '\n')
  return note.trim() === '' ? '' : note
}
