import { beijingText } from '../../beijing.ts'
import { maskPhone } from '../../world/people.ts'
import type { OrderState } from '../../world/world.ts'

/** One element of a reply under some upstream's names. */
export type Row = Record<string, unknown>

export const textOf = (ms: number | null): string => (ms === null ? '' : beijingText(ms))
export const orNull = (text: string): string | null => (text === '' ? null : text)
export const phoneOf = ({ birth, masked }: OrderState): string => (masked ? maskPhone(birth.phone) : birth.phone)
export const yuan = (fen: number): string => (fen / 100).toFixed(2)
