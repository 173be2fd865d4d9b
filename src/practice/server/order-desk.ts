import { dayMs } from '../beijing.ts'
import type { Switches } from '../options.ts'
import { envelope, wrap } from '../reply/envelope.ts'
import { rowOf } from '../reply/rows/row-of.ts'
import type { OrderState, World } from '../world/world.ts'
import { versionAt } from '../world/life.ts'
import type { Marks } from './marks.ts'
import { type OrderQuery, isRanged } from './order-query.ts'

interface Found {
  index: number
  version: number
}

/** Looks up what a call gets, writes the reply and keeps the mark "delivered". */
export class OrderDesk {
  private readonly world: World
  private readonly marks: Marks

  constructor(world: World, marks: Marks) {
    this.world = world
    this.marks = marks
  }

  /**
   * The reply to a query, as JSON text, with what it delivers. The mark is set by `markDelivered`, which the server
   * calls when the reply is made and not when it has arrived: that hazard is the upstream's own.
   */
  reply(query: OrderQuery, key: string, nowMs: number, switches: Switches): Reply {
    const beganMs = performance.now()
    const scope = scopeOf(query, key, switches)
    const found = switches.shape.empty ? [] : this.find(query, scope, nowMs, switches)
    const orders = found.map(({ index, version }) => this.world.orderState(index, version, switches.maskedPhones))
    const text = replyText(orders, query, switches, performance.now() - beganMs)
    return {
      text,
      orders: orders.length,
      markDelivered: () => {
        if (isRanged(query) && !switches.rangedCallMarks) return
        for (const { index, version } of found) this.marks.set(scope, index, version)
      },
    }
  }

  private find(query: OrderQuery, scope: string, nowMs: number, switches: Switches): Found[] {
    return isRanged(query) ? this.inRange(query, nowMs, switches) : this.undelivered(query, scope, nowMs, switches)
  }

  private inRange(query: OrderQuery, nowMs: number, switches: Switches): Found[] {
    const bornEnd = this.world.countBefore(nowMs + 1)
    const startMs = query.startMs ?? -Infinity
    const endMs = query.endMs ?? Infinity
    const updated = switches.rangeMeans === 'updated'
    const first = updated || query.startMs === null ? 0 : this.world.countBefore(startMs)
    const last = updated || query.endMs === null ? bornEnd : Math.min(bornEnd, this.world.countBefore(endMs + 1_000))
    const found: Found[] = []
    for (let index = first; index < last; index++) {
      if (this.world.type(index) !== query.type) continue
      const steps = this.world.steps(index)
      const version = versionAt(steps, nowMs)
      const updatedMs = steps[version - 1]?.atMs ?? 0
      if (updated && (updatedMs < startMs || updatedMs > endMs)) continue
      found.push({ index, version })
    }
    return found
  }

  private undelivered(query: OrderQuery, scope: string, nowMs: number, switches: Switches): Found[] {
    const last = this.world.countBefore(nowMs + 1)
    const first = switches.olderChanges ? 0 : this.world.countBefore(nowMs - 7 * dayMs)
    const weekOld = this.world.countBefore(nowMs - 7 * dayMs)
    const found: Found[] = []
    for (let index = first; index < last; index++) {
      if (this.world.type(index) !== query.type) continue
      const delivered = this.marks.get(scope, index)
      if (index < weekOld && delivered === 0) continue
      const version = this.world.version(index, nowMs)
      if (version > delivered) found.push({ index, version })
    }
    return found
  }
}

export interface Reply {
  text: string
  orders: number
  markDelivered(): void
}

function scopeOf(query: OrderQuery, key: string, switches: Switches): string {
  return switches.channelsShareMarks ? `${key}/${query.type}` : `${key}/${query.type}/${query.channel}`
}

function replyText(orders: readonly OrderState[], query: OrderQuery, switches: Switches, execMs: number): string {
  const { shape } = switches
  const rows = orders.map((order) => rowOf(order, shape.names, query.channel === 'callback'))
  const numbers = orders.map((order) => order.birth.orderNo)
  const msg = orders.length === 0 ? '暂无变动订单' : '同步成功'
  const text = envelope({ code: switches.successCode, msg, execMs }, wrap(rows, numbers, shape))
  return switches.longIntegers ? text.replaceAll(longNumber, '$1$2$1:$3') : text
}

/** A 19-digit order number as a string, also where the list itself is a JSON string (\"). */
const longNumber = /(\\?")(order_no|orderId|订单号)\1:\1([1-9]\d{18})\1/g
