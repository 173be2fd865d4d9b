// Runs before any .ts script (`node -r`), in JavaScript that any Node understands: older ones cannot strip types.
const version = process.versions.node.split('.').map(Number)
const enough = version[0] > 22 || (version[0] === 22 && version[1] >= 18)
if (!enough) {
  process.stderr.write(
    'Haoka Desk needs Node.js 22.18 or newer to run its scripts, and this is ' +
      process.versions.node +
      ': install Node.js 24 from your usual source and run npm ci again. / 请安装 Node.js 24 后重新运行 npm ci。\n',
  )
  process.exit(1)
}
