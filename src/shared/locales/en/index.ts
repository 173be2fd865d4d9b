import { accounts } from './accounts.ts'
import { changes } from './changes.ts'
import { columns } from './columns.ts'
import { common } from './common.ts'
import { errors } from './errors.ts'
import { exports } from './exports.ts'
import { grid } from './grid.ts'
import { mapping } from './mapping.ts'
import { native } from './native.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { receiver } from './receiver.ts'
import { settings } from './settings.ts'
import { statistics } from './statistics.ts'
import { sync } from './sync.ts'
import { views } from './views.ts'
import { welcome } from './welcome.ts'

export const messages = {
  accounts,
  changes,
  columns,
  common,
  errors,
  exports,
  grid,
  mapping,
  native,
  order,
  orders,
  receiver,
  settings,
  statistics,
  sync,
  views,
  welcome,
}
