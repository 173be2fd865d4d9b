import { existsSync } from 'node:fs'
import path from 'node:path'

/** Where the app's parts lie. */
export interface AppPlace {
  readonly packaged: boolean
  /** Folder with package.json; inside the archive in a package. */
  readonly appPath: string
  /** The package's own resources. */
  readonly resourcesPath: string
  readonly platform: NodeJS.Platform
  readonly arch: string
}

export interface ChildScripts {
  readonly database: string
  readonly practice: string
  /** A Node for hosts that are too old for the SQLite addon; nothing in a package of the declared Electron. */
  readonly nodeExecutable: string | null
}

/**
 * The scripts of the child processes. In a package they lie beside the archive, because a plain Node child cannot read
 * inside it; a Node to run them on is looked for only in the package's own resources, and in development only among the
 * project's own packages.
 */
export function childScripts(place: AppPlace): ChildScripts {
  const root = place.packaged ? path.join(place.resourcesPath, 'app.asar.unpacked') : place.appPath
  const script = (name: string): string => path.join(root, 'out', 'main', `${name}.js`)
  const node = nodeExecutable(place)
  return { database: script('database'), practice: script('practice'), nodeExecutable: existsSync(node) ? node : null }
}

function nodeExecutable({ packaged, appPath, resourcesPath, platform, arch }: AppPlace): string {
  const windows = platform === 'win32'
  const name = windows ? 'node.exe' : 'node'
  if (packaged) return path.join(resourcesPath, name)
  return path.join(appPath, 'node_modules', `node-${windows ? 'win' : platform}-${arch}`, 'bin', name)
}
