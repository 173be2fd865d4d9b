import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, type Component } from 'vue'
import { windowEvents, windowRoutes, type WindowRoutes } from '#shared/contract/index.ts'
import { connect } from '#shared/rpc/connect.ts'
import type { Handlers, Port, Request, Response } from '#shared/rpc/route.ts'
import { serve } from '#shared/rpc/serve.ts'
import type { Api } from '#renderer/api/api.ts'
import { appContextKey, createAppContext, type AppContext } from '#renderer/app/app-context.ts'
import { createWords } from '#renderer/i18n/create-words.ts'
import {
  account,
  counts,
  detail,
  followUpState,
  mappingView,
  noMapping,
  reconcileReport,
  row,
  settings,
  syncState,
  vault,
} from './builders.ts'

export type Answers = Partial<Handlers<WindowRoutes>>

/** The real RPC over structured clones, with main's side answered by a table; both ends parse. */
export function connectTo(answers: Answers): { api: Api; tell: (name: string, value: unknown) => void } {
  const listeners: ((message: Response) => void)[] = []
  const send = (message: Response): void => {
    const copy = structuredClone(message)
    queueMicrotask(() => listeners.forEach((listen) => listen(copy)))
  }
  const served = serve(windowRoutes, { ...usual(), ...answers } as Handlers<WindowRoutes>, send)
  const port: Port<Request, Response> = {
    send: (message) => served.receive(structuredClone(message)),
    onMessage: (listener) => void listeners.push(listener),
    onClose: () => undefined,
  }
  const api = connect(windowRoutes, windowEvents, port)
  return { api, tell: (name, value) => send({ kind: 'event', name, value }) }
}

/** A window with one account, five orders and nothing under way. */
function usual(): Answers {
  return {
    'accounts.list': () => [account()],
    'orders.window': () => ({ rows: [row()], total: 1, complete: true, revision: 1 }),
    'orders.counts': () => counts(5, 2),
    'orders.detail': () => detail(),
    'sync.state': ({ accountId }) => syncState({ accountId }),
    'sync.runs': () => [],
    'sync.followUpState': ({ accountId }) => followUpState({ accountId }),
    'sync.reconcileReport': () => reconcileReport(),
    'sync.backfillCost': ({ days }) => ({ calls: days }),
    'settings.get': () => settings(),
    'settings.set': (patch) => settings(patch as never),
    'vault.state': () => vault(),
    'app.info': () => ({
      version: '0.1.0',
      electron: '45.0.0',
      dataFolder: '/data',
      practiceProfile: false,
      syncAtStart: false,
    }),
    'mapping.get': () => ({ rules: noMapping(), rerunDue: false }),
    'mapping.view': () => mappingView(),
    'mapping.unreadable': () => ({ items: [], total: 0 }),
    'app.notices': () => [],
    'backups.state': () => ({ kept: [], lastCheck: null, damage: null, running: null }),
    'app.copy': () => ({}),
    'annotations.tags': () => [],
    'changes.unread': () => ({ unread: 0, visitedAt: null }),
    'changes.page': () => ({ changes: [], next: null }),
    'changes.transitions': () => [],
    'changes.visit': () => ({}),
    'changes.markRead': () => ({ unread: 0, visitedAt: null }),
  }
}

/** Mounts a component as the window would, attached to the document. */
export function open(
  component: Component,
  options: {
    answers?: Answers
    props?: Record<string, unknown>
    provide?: (app: AppContext) => Record<symbol, unknown>
  } = {},
): { page: VueWrapper; app: AppContext; tell: (name: string, value: unknown) => void } {
  const { api, tell } = connectTo(options.answers ?? {})
  const pinia = createPinia()
  setActivePinia(pinia)
  const app = createAppContext(api)
  const page = mount(component, {
    props: options.props ?? {},
    attachTo: document.body,
    global: {
      plugins: [pinia, createWords()],
      provide: { [appContextKey as symbol]: app, ...effectScope(true).run(() => options.provide?.(app)) },
    },
  }) as VueWrapper
  return { page, app, tell }
}
