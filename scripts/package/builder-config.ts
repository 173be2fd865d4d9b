import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AfterPackContext, Configuration } from 'electron-builder'

/** What the package is made from. */
export interface Ingredients {
  /** Folder with an unpacked Electron; null: electron-builder fetches the declared one itself. */
  electronDist: string | null
  electronVersion: string
  /**
   * A Node to carry for the database process: only where that Electron's Node-API is too old for the SQLite addon.
   * The declared Electron needs none, and then none may lie in its resources.
   */
  carriedNode: string | null
  /** Folder that holds what makeIcons drew. */
  icons: string
}

const addon = 'node_modules/better-sqlite3-multiple-ciphers'

/** electron-builder's whole configuration: Windows (NSIS), macOS (dmg), Linux (AppImage, deb). */
export function builderConfig({ electronDist, electronVersion, carriedNode, icons }: Ingredients): Configuration {
  return {
    appId: 'cn.haoka.desk',
    productName: 'Haoka Desk',
    copyright: 'Haoka Desk contributors, MIT licence',
    directories: { output: 'dist' },
    ...(electronDist === null ? {} : { electronDist }),
    electronVersion,
    npmRebuild: false,
    files: [
      'out/**',
      'package.json',
      '!out/built-from',
      // Of the addon only what runs, for this platform; node-* are the development Node and a header package.
      `!${addon}/{deps,src,binding.gyp}`,
      `!${addon}/prebuilds/!(\${platform}-\${arch}.node)`,
      '!node_modules/node-*/**',
    ],
    asar: true,
    // A plain Node child cannot read inside an archive; package.json tells it that these scripts are ES modules.
    asarUnpack: ['package.json', 'out/main/database.js', 'out/main/practice.js', 'out/main/chunks/**', `${addon}/**`],
    extraResources: carriedNode === null ? [] : [{ from: carriedNode, to: 'node' }],
    electronLanguages: ['zh-CN', 'en-US', 'en', 'zh_CN'],
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    afterPack: removeLauncher,
    win: { target: ['nsis'], icon: join(icons, 'icon.ico') },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true, deleteAppDataOnUninstall: false },
    mac: { target: ['dmg'], icon: join(icons, 'icon.icns'), category: 'public.app-category.business' },
    linux: {
      target: ['AppImage', 'deb'],
      icon: join(icons, 'icons'),
      category: 'Office',
      synopsis: '号卡订单台',
      maintainer: 'Haoka Desk contributors <haoka-desk@users.noreply.invalid>',
      executableName: 'haoka-desk',
    },
  }
}

/** A prepared runtime folder holds a launcher in the app's place. */
async function removeLauncher(context: AfterPackContext): Promise<void> {
  rmSync(join(context.packager.getResourcesDir(context.appOutDir), 'app'), { recursive: true, force: true })
}
