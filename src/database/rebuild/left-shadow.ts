import { rmSync } from 'node:fs'

/** What a rebuild leaves that ended with its process. */
export function removeLeftShadow(ordersFile: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${shadowName(ordersFile)}${ending}`, { force: true })
}

/** The file beside the orders in which they are rebuilt. */
export function shadowName(ordersFile: string): string {
  return `${ordersFile}.rebuild`
}
