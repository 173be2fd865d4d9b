import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { windowEvents, windowRoutes } from '#shared/contract/index.ts'
import { connect } from '#shared/rpc/connect.ts'
import { windowPort } from '#shared/rpc/window-bridge.ts'
import App from './App.vue'
import { appContextKey, createAppContext } from './app/app-context.ts'
import { clearAtRest } from './app/clear-at-rest.ts'
import { createWords } from './i18n/create-words.ts'
import './theme/index.css'

const api = connect(windowRoutes, windowEvents, windowPort(window.haoka))
const words = createWords()
const app = createApp(App)
app.use(createPinia()).use(words)
app.provide(appContextKey, createAppContext(api))
app.mount('#app')
clearAtRest(window)
