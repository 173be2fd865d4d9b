import { defaultExportColumns, mappedColumns, stages } from '#domain/vocabulary.ts'
import type { Account } from '#shared/contract/accounts.ts'
import type { MappingRules, MappingView } from '#shared/contract/mapping.ts'
import type { OrderCounts, OrderDetail, OrderRow, StatusChange } from '#shared/contract/orders.ts'
import type { Settings, VaultState } from '#shared/contract/settings.ts'
import type { FollowUpState, ReconcileReport, Run, SyncProgress, SyncState } from '#shared/contract/sync.ts'

/** Things as main would send them, with overrides. */

export function account(overrides: Partial<Account> = {}): Account {
  return {
    id: 'a1',
    label: '张三的店',
    types: ['own', 'distributor'],
    gateway: '',
    method: 'GET',
    timeoutMs: 60_000,
    name: '',
    apiUser: '',
    sharedWithOthers: false,
    practice: false,
    createdAt: 0,
    secrets: { key: true, password: false, token: true, sk: false, apiUrl: false, apiToken: false, apiPwd: false },
    ...overrides,
  }
}

export function run(overrides: Partial<Run> = {}): Run {
  return {
    id: 'r1',
    accountId: 'a1',
    type: 'own',
    channel: 'sync',
    purpose: 'sync',
    range: null,
    startedAt: 1_000,
    endedAt: 2_000,
    requests: 1,
    received: 12,
    new: 5,
    changed: 4,
    unchanged: 3,
    unreadable: 0,
    outcome: 'understood',
    said: null,
    error: null,
    ...overrides,
  }
}

export function progress(overrides: Partial<SyncProgress> = {}): SyncProgress {
  return {
    accountId: 'a1',
    type: 'own',
    phase: 'receiving',
    windowsDone: 0,
    windowsPlanned: 1,
    receivedBytes: 0,
    received: 0,
    new: 0,
    changed: 0,
    leftMs: null,
    ...overrides,
  }
}

export function syncState(overrides: Partial<SyncState> = {}): SyncState {
  return {
    accountId: 'a1',
    running: null,
    lastCompleteAt: null,
    lastRuns: [],
    openRequests: 0,
    unclearInARow: 0,
    quota: { used: 128, limit: 10_000, resetsAt: '2024-09-02 00:00:00', spentByUpstream: false },
    clockSkewMs: null,
    offerBackfill: false,
    unread: [],
    ...overrides,
  }
}

export function followUpState(overrides: Partial<FollowUpState> = {}): FollowUpState {
  return {
    accountId: 'a1',
    on: true,
    meaning: 'created',
    daily: 0,
    weekly: 0,
    nextAt: null,
    windows: [],
    calls: 0,
    callsOfAll: 0,
    callsLeft: 1_000,
    lastRoundAt: null,
    lastReconcileAt: null,
    nextReconcileAt: null,
    ...overrides,
  }
}

export function reconcileReport(overrides: Partial<ReconcileReport> = {}): ReconcileReport {
  return { at: null, new: 0, changed: 0, gone: 0, findings: [], ...overrides }
}

export function vault(overrides: Partial<VaultState> = {}): VaultState {
  return {
    keychainAvailable: true,
    protection: 'keychain',
    locked: false,
    needs: 'nothing',
    secretsThisRunOnly: false,
    recoveryCodeSeen: true,
    ...overrides,
  }
}

export function settings(overrides: Partial<Settings> = {}): Settings {
  return {
    locale: 'zh-CN',
    theme: 'light',
    keepRepliesDays: 180,
    exportColumns: [...defaultExportColumns],
    exportPlain: false,
    exportFormat: 'csv',
    exportEncoding: 'utf8',
    exportDelimiter: 'comma',
    exportMasked: false,
    exportHistory: false,
    exportOpensFolder: true,
    exportColumnSets: [],
    selectedAccountId: null,
    rowHeight: 'normal',
    ordersView: null,
    ...overrides,
  }
}

export function row(overrides: Partial<OrderRow> = {}): OrderRow {
  return {
    id: 1,
    type: 'own',
    stage: 'shipped',
    orderNo: '0020240000000012',
    ownNo: null,
    createdAt: '2024-09-01 08:00:00',
    productName: '流量王29',
    productId: null,
    customerName: '张*',
    idNumber: '110101********1234',
    phone: '138****0013',
    province: '广东省',
    city: '深圳市',
    district: '南山区',
    address: '科技园****',
    producedNumber: null,
    iccid: null,
    reason: null,
    remark: null,
    courier: '顺丰',
    trackingNo: 'SF1000',
    shippedAt: null,
    activatedAt: null,
    rechargeAmount: null,
    rechargedAt: null,
    commission: null,
    settledAt: null,
    settlementRule: null,
    source: null,
    agent: null,
    updatedAt: null,
    status: '已发货',
    activation: null,
    recharge: null,
    settlement: null,
    refund: null,
    firstSeenAt: 0,
    changedAt: 0,
    backward: false,
    goneUpstreamAt: null,
    note: null,
    tags: [],
    flag: null,
    dueOn: null,
    ...overrides,
  }
}

export function change(overrides: Partial<StatusChange> = {}): StatusChange {
  return {
    id: 1,
    axis: 'production',
    from: null,
    to: { word: '已发货', code: '550' },
    stage: 'shipped',
    backward: false,
    seenAt: 0,
    upstreamAt: null,
    pushed: false,
    ...overrides,
  }
}

export function detail(overrides: Partial<OrderDetail> = {}): OrderDetail {
  return { row: row(), original: '{"order_no":"0020240000000012"}', changes: [change()], ...overrides }
}

export function noMapping(overrides: Partial<MappingRules> = {}): MappingRules {
  return {
    listPath: null,
    fields: {},
    profile: null,
    words: [],
    codes: [],
    dateFormats: [],
    zoneMinutes: null,
    ...overrides,
  }
}

export function mappingView(overrides: Partial<MappingView> = {}): MappingView {
  return {
    source: 'replies',
    replies: 2,
    elements: 12,
    seenAt: 0,
    listPath: 'data.rows',
    places: [{ path: 'data.rows', elements: 12, orders: true }],
    profile: 'ganTanHao',
    columns: mappedColumns.map((column) => ({
      column,
      sources: column === 'orderNo' ? [{ path: 'order_sn', confidence: 0.9 }] : [],
      byRule: false,
    })),
    paths: [
      { path: 'order_sn', samples: ['0020240000000012'], filled: 12 },
      { path: 'tel_b', samples: ['138****0013'], filled: 12 },
    ],
    unused: ['tel_b'],
    statuses: [{ axis: 'production', word: '归档', code: '7', count: 12, means: null, byRule: false }],
    unreadTimes: [],
    rows: [
      {
        orderNo: '0020240000000012',
        stage: 'unknown',
        fields: { orderNo: '0020240000000012', customerName: '张*' },
        axes: {
          production: { word: '归档', code: '7' },
          activation: null,
          recharge: null,
          settlement: null,
          refund: null,
        },
      },
    ],
    orders: 12,
    unreadable: 0,
    ...overrides,
  }
}

export function counts(own: number, distributor = 0): OrderCounts {
  const none = Object.fromEntries(stages.map((stage) => [stage, 0])) as OrderCounts['stages']
  return { own, distributor, stages: { ...none, shipped: own }, total: own }
}
