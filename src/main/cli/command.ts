import type { Channel, OrderColumn, OrderType } from '#domain/vocabulary.ts'
import type { Range } from '#shared/contract/common.ts'
import type { CsvDelimiter, CsvEncoding, ExportFormat } from '#shared/contract/exports.ts'

/** A command as it was understood; every text is as the person typed it. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'account list' }
  | { readonly name: 'account add' }
  | { readonly name: 'account remove'; readonly account: string; readonly withData: boolean }
  | {
      readonly name: 'sync'
      readonly account: string
      /** null: every type the account uses. */
      readonly type: OrderType | null
      readonly channel: Channel
      readonly range: Range | null
    }
  | {
      readonly name: 'export'
      readonly account: string
      readonly out: string
      readonly format: ExportFormat
      readonly encoding: CsvEncoding
      readonly delimiter: CsvDelimiter
      readonly masked: boolean
      readonly history: boolean
      /** null: those of the settings. */
      readonly columns: readonly OrderColumn[] | null
      readonly type: OrderType | null
      readonly status: string | null
      readonly from: string | null
      readonly to: string | null
    }
  | { readonly name: 'history'; readonly account: string; readonly orderNo: string }
  | { readonly name: 'quota'; readonly account: string }
  | { readonly name: 'backup'; readonly out: string }
  | { readonly name: 'restore'; readonly from: string }
  /** `plan`: say what a round would ask, and ask nothing. */
  | { readonly name: 'follow-up'; readonly account: string; readonly plan: boolean }
  | { readonly name: 'reconcile'; readonly account: string }
  /** `port` 0: any that is free. `network`: reachable from other devices, which the person thereby confirms. */
  | { readonly name: 'receiver'; readonly account: string; readonly port: number; readonly network: boolean }
  /** `type` null: every type the account uses. */
  | { readonly name: 'mapping show'; readonly account: string; readonly type: OrderType | null }
  | { readonly name: 'mapping rerun'; readonly account: string; readonly type: OrderType | null }
  | {
      readonly name: 'mapping set'
      readonly account: string
      readonly type: OrderType | null
      /** A file's name, or `-` for standard input. */
      readonly json: string
    }

/** The same command by its name. */
export type CommandNamed<Name extends Command['name']> = Extract<Command, { name: Name }>
