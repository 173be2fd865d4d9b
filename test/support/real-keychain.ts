import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import type { Runtime } from '../../scripts/runtime/resolve-runtime.ts'

const daemon = '/usr/bin/gnome-keyring-daemon'
const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** A real keychain can be had: on Linux with gnome-keyring, or where it may be installed. */
export const hasRealKeychain = process.platform === 'linux' && (existsSync(daemon) || canInstall)

/** Installs gnome-keyring where it is missing. */
export function ensureKeychain(): void {
  if (existsSync(daemon)) return
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'gnome-keyring', 'dbus'], options)
  if (!existsSync(daemon)) throw new Error('Run: sudo apt-get install -y gnome-keyring dbus')
}

/** A bus of its own, the keyring of that home unlocked on it, one command of the app, and nothing left running. */
const session = `
printf 'test\\n' | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
keyring=$!
for try in $(seq 100); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true' && break
  sleep 0.1
done
"$@"
code=$?
kill $keyring
exit $code
`

export interface KeychainRun {
  code: number | null
  line: Record<string, unknown> & { ok: boolean }
}

/** Runs a command of the built app as the user whose home (and so whose keyring) that is. No passphrase is at hand. */
export async function runWithKeychain(
  runtime: Runtime,
  home: string,
  words: readonly string[],
  stdin = '',
): Promise<KeychainRun> {
  const { HAOKA_PASSPHRASE: _passphrase, ...environment } = process.env
  const app = [runtime.executable, ...runtime.args, '--password-store=gnome-libsecret', ...words]
  const child = spawn('dbus-run-session', ['--', 'bash', '-c', session, 'bash', ...app], {
    env: { ...environment, ...runtime.env, HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(stdin)
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const code = await closed
  if (!/^\{.*\}\n$/.test(stdout)) throw new Error(`not one JSON line: ${stdout}\n${stderr}`)
  return { code, line: JSON.parse(stdout) as KeychainRun['line'] }
}
