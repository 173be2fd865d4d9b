import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Lowers (or lifts) the size that a running process may make a file; writing beyond it fails. */
export function limitFileSize(pid: number | undefined, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`])
}

export interface SmallDisk extends Disposable {
  folder: string
  /** Takes all the room that is left. */
  fill(): void
  /** Gives it back. */
  free(): void
}

/** False for anybody but root, and for a root that a container keeps from mounting. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts()

function mounts(): boolean {
  try {
    mountSmallDisk(1)[Symbol.dispose]()
    return true
  } catch {
    return false
  }
}

/** A file system of a few megabytes. Only where `canMount`. */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-small-'))
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)
  } catch (thrown) {
    rmSync(folder, { recursive: true })
    throw thrown
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, Buffer.alloc(bavail * bsize))
    },
    free: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      run('umount', folder)
      rmSync(folder, { recursive: true })
    },
  }
}

export interface FailingDisk extends Disposable {
  folder: string
  /** Writes succeed from now on. */
  mend(): void
}

/**
 * A disk that promises more than it has, as thin provisioned ones do: once its real room is used up, writes fail as
 * input/output errors and not as a full disk. Only where `canMount`; null where the system has no loop devices.
 */
export function mountFailingDisk(realMegabytes: number): FailingDisk | null {
  const base = mkdtempSync(join(tmpdir(), 'haoka-failing-'))
  const [room, folder] = [join(base, 'room'), join(base, 'disk')]
  const image = join(room, 'disk.img')
  for (const made of [room, folder]) mkdirSync(made)
  run('mount', '-t', 'tmpfs', '-o', `size=${realMegabytes}m`, 'tmpfs', room)
  const dismount = (...folders: string[]): void => {
    for (const mounted of folders) run('umount', mounted)
    rmSync(base, { recursive: true })
  }
  try {
    run('truncate', '-s', '64m', image)
    run('mkfs.ext4', '-q', '-O', '^has_journal', '-E', 'lazy_itable_init=1,nodiscard', image)
    run('mount', '-o', 'loop,errors=continue', image, folder)
  } catch {
    dismount(room)
    return null
  }
  return {
    folder,
    mend: () => run('mount', '-o', 'remount,size=200m', room),
    [Symbol.dispose]: () => dismount(folder, room),
  }
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { stdio: 'pipe' })
}
