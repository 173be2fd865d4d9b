/** Grouped by thousands, the same in both languages. */
export function countText(count: number): string {
  return count.toLocaleString('en-US')
}
