/**
 * Import this first in a test that runs main's parts in plain Node: the electron package then names a path instead of
 * looking for its binary. electron-store is the real one all the same.
 */
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '/no-electron-here'
