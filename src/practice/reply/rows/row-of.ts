import type { OrderState } from '../../world/world.ts'
import type { NameSet } from '../shape.ts'
import { chineseRow, chineseStatusNames } from './chinese.ts'
import { ganTanHaoRow, ganTanHaoStatusNames } from './gan-tan-hao.ts'
import { houseRow, houseStatusNames } from './house.ts'
import { jiTuanRow, jiTuanStatusNames } from './ji-tuan.ts'
import type { Row } from './row.ts'

const sets: Record<NameSet, { row: (order: OrderState) => Row; statusNames: readonly string[] }> = {
  ganTanHao: { row: ganTanHaoRow, statusNames: ganTanHaoStatusNames },
  jiTuan: { row: jiTuanRow, statusNames: jiTuanStatusNames },
  house: { row: houseRow, statusNames: houseStatusNames },
  chinese: { row: chineseRow, statusNames: chineseStatusNames },
}

/**
 * The row of an order under one set of names. Channel 2 (`statusOnly`) says what a status callback says: no customer, no
 * product, no creation time.
 */
export function rowOf(order: OrderState, names: NameSet, statusOnly: boolean): Row {
  const row = sets[names].row(order)
  return statusOnly ? Object.fromEntries(sets[names].statusNames.map((name) => [name, row[name]])) : row
}
