import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and all that it started take, MB: what they share is counted once in sum. `without`: a script whose
 * process is none of them. NaN where /proc has no PSS.
 */
export function pssOfTree(pid: number, without?: string): number {
  const children = childrenOf()
  const tree = [pid]
  for (const parent of tree) tree.push(...(children.get(parent) ?? []))
  const counted = tree.filter((each) => without === undefined || !commandOf(each).includes(without))
  return counted.reduce((sum, each) => sum + pssOf(each), 0) / 1_024
}

function childrenOf(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(name)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  return children
}

/** The fourth word, behind the program's name, which may hold spaces and brackets. */
function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It ended between listing and reading.
    return null
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN)
  } catch {
    return 0
  }
}
