/** Reads some columns of the rows whose ids come as one JSON array, in the array's order. */
export function selectByIds(cells: string): string {
  return `SELECT ${cells} FROM (SELECT key AS position, value AS wanted FROM json_each(?))
    CROSS JOIN orders ON orders.id = wanted ORDER BY position`
}
