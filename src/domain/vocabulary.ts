/**
 * The words of the trade, used on both sides of every border: order types, channels, axes, stages and columns.
 * Pure constants and types. Sources: the API page (types, channels) and the field survey of the trade's systems
 * (axes, stages, columns) that docs/architecture.md sums up.
 */

/** API parameter `type`: 1 自营订单 (own), 2 分销商订单 (distributors'). */
export const orderTypes = ['own', 'distributor'] as const
export type OrderType = (typeof orderTypes)[number]
export const orderTypeParameter: Record<OrderType, 1 | 2> = { own: 1, distributor: 2 }

/** API parameter `channels`: 1 订单信息同步 (order sync), 2 订单状态回调 (status callback). */
export const channels = ['sync', 'callback'] as const
export type Channel = (typeof channels)[number]
export const channelParameter: Record<Channel, 1 | 2> = { sync: 1, callback: 2 }

/** An order has five axes, not one status: an activated order can keep production status 已发货 for ever. */
export const axes = ['production', 'activation', 'recharge', 'settlement', 'refund'] as const
export type Axis = (typeof axes)[number]

/**
 * What one axis says, in the upstream's own terms: the word it showed and the code it sent (either may be missing).
 * Codes stay text: "0012", "-200" and 550 must all survive as they came.
 */
export interface AxisValue {
  word: string | null
  code: string | null
}

/** The stage a merchant sees, computed from all five axes. The order is the order of a life, for sorting and flags. */
export const stages = [
  'submitted',
  'processing',
  'needsMerchant',
  'shipped',
  'activated',
  'recharged',
  'settled',
  'settlementFailed',
  'failed',
  'gone',
  'unknown',
] as const
export type Stage = (typeof stages)[number]

/** Lifecycle groups carry the status colours. */
export const stageGroups = ['waiting', 'underWay', 'attention', 'done', 'failed', 'gone'] as const
export type StageGroup = (typeof stageGroups)[number]
export const stageGroupOf: Record<Stage, StageGroup> = {
  submitted: 'waiting',
  processing: 'underWay',
  needsMerchant: 'attention',
  shipped: 'underWay',
  activated: 'done',
  recharged: 'done',
  settled: 'done',
  settlementFailed: 'failed',
  failed: 'failed',
  gone: 'gone',
  unknown: 'waiting',
}

/** Code profiles: a bare number means nothing across systems, so codes are read by the system they come from. */
export const codeProfiles = [
  'ganTanHao',
  'guangMengYun',
  'system172',
  'haoYi',
  'gongChuang',
  'juLiang',
  'unknown',
] as const
export type CodeProfile = (typeof codeProfiles)[number]

/**
 * Every concept the mapper recognises and the database stores as a column of its own, in the order in which
 * merchants know them. Values are text exactly as the upstream means them: times `YYYY-MM-DD HH:mm:ss` Beijing,
 * amounts plain decimals in yuan ("50", "12.50"), phones and numbers digit for digit.
 */
export const orderFields = [
  'orderNo',
  'ownNo',
  'createdAt',
  'productName',
  'productId',
  'customerName',
  'idNumber',
  'phone',
  'province',
  'city',
  'district',
  'address',
  'producedNumber',
  'iccid',
  'reason',
  'remark',
  'courier',
  'trackingNo',
  'shippedAt',
  'activatedAt',
  'rechargeAmount',
  'rechargedAt',
  'commission',
  'settledAt',
  'settlementRule',
  'source',
  'agent',
  'updatedAt',
] as const
export type OrderField = (typeof orderFields)[number]
export type OrderFields = Partial<Record<OrderField, string>>

/** Columns that hold personal data: masked on screen until revealed, never in logs. */
export const personalFields = [
  'customerName',
  'phone',
  'idNumber',
  'address',
  'producedNumber',
] as const satisfies readonly OrderField[]

/** Colour flags a merchant can set at an order, in the order in which they sort. */
export const orderFlags = ['red', 'orange', 'green', 'blue', 'purple'] as const
export type OrderFlag = (typeof orderFlags)[number]

/**
 * Columns a grid or an export can show: the fields, and what is computed or read from the axes.
 * `status` is the production axis in the upstream's own words (its code where there are none).
 */
export const orderColumns = [
  ...orderFields,
  'status',
  'stage',
  'activation',
  'recharge',
  'settlement',
  'refund',
  'type',
  'account',
  'firstSeenAt',
  'changedAt',
  // The merchant's own; they stay on this computer.
  'note',
  'tags',
  'flag',
] as const
export type OrderColumn = (typeof orderColumns)[number]

/** The columns merchants know from the trade's own exports, in that order: the export's default. */
export const defaultExportColumns = [
  'orderNo',
  'createdAt',
  'productName',
  'customerName',
  'idNumber',
  'phone',
  'province',
  'city',
  'district',
  'address',
  'producedNumber',
  'status',
  'stage',
  'reason',
  'remark',
  'courier',
  'trackingNo',
  'activation',
  'activatedAt',
  'rechargeAmount',
  'commission',
  'settlement',
  'source',
] as const satisfies readonly OrderColumn[]

/** What a status word or code can be told to mean: a stage, or `no` where it says that nothing has happened there. */
export type AxisMeaning = Stage | 'no'
/** What each axis can say; `unknown` takes a guess back. The production axis can stand for any stage. */
export const axisMeanings = {
  production: stages,
  activation: ['no', 'activated', 'recharged', 'gone', 'unknown'],
  recharge: ['no', 'recharged', 'unknown'],
  settlement: ['no', 'settled', 'settlementFailed', 'unknown'],
  refund: ['no', 'needsMerchant', 'gone', 'unknown'],
} as const satisfies Record<Axis, readonly AxisMeaning[]>

/** What an upstream field can feed: the columns of the fields, and the five axes. */
export const mappedColumns = [...orderFields, ...axes] as const
export type MappedColumn = (typeof mappedColumns)[number]

/** Columns that hold times: the date formats and the time zone of a mapping are about these. */
export const timeColumns = [
  'createdAt',
  'shippedAt',
  'activatedAt',
  'rechargedAt',
  'settledAt',
  'updatedAt',
] as const satisfies readonly OrderField[]

/** Columns that a filter can compare as text: every cell that the upstream's text fills, and the merchant's own note. */
export const conditionTextColumns = [
  ...orderFields,
  'status',
  'activation',
  'recharge',
  'settlement',
  'refund',
  'note',
] as const satisfies readonly OrderColumn[]

/** Columns that a filter can compare as amounts in yuan. */
export const conditionNumberColumns = ['rechargeAmount', 'commission'] as const satisfies readonly OrderColumn[]

/** Columns that a filter can compare as times. */
export const conditionDateColumns = [
  ...timeColumns,
  'firstSeenAt',
  'changedAt',
] as const satisfies readonly OrderColumn[]

/** Columns whose few words a filter can choose from. */
export const conditionWordsColumns = [
  'productName',
  'productId',
  'province',
  'city',
  'reason',
  'courier',
  'settlementRule',
  'source',
  'agent',
  'status',
  'activation',
  'recharge',
  'settlement',
  'refund',
] as const satisfies readonly OrderColumn[]

/** The steps of an order's way to its commission, in their order. A step's number is its place here. */
export const funnelSteps = ['placed', 'approved', 'shipped', 'activated', 'recharged', 'settled'] as const
export type FunnelStep = (typeof funnelSteps)[number]
