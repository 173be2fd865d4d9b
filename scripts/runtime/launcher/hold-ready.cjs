// For runs that Playwright drives: holds Electron's 'ready' until Playwright has attached and says so. It attaches to
// what is there at that moment, and a window that is just then loading its first page can leave it waiting for ever.
// oxlint-disable-next-line typescript/no-require-imports -- Electron's own launcher takes it by -r, which loads CommonJS only
const { app } = require('electron')

/** A driver that never says so must not be locked out. */
const patienceMs = 15_000

const reallyReady = app.whenReady()
const emit = app.emit.bind(app)
let readyArguments = []
let released = false
let release = () => undefined
const ready = new Promise((resolve) => {
  release = resolve
})

app.emit = (event, ...rest) => {
  if (event !== 'ready' || released) return emit(event, ...rest)
  readyArguments = rest
  return app.listenerCount('ready') > 0
}
app.isReady = () => released
app.whenReady = () => ready

async function letGo() {
  await reallyReady
  if (released) return
  released = true
  release()
  emit('ready', ...readyArguments)
}

/** Playwright calls this by its name once it has attached. */
const calledOnceAttached = '__playwright_run'
globalThis[calledOnceAttached] = letGo
setTimeout(() => void letGo(), patienceMs).unref()
