import type { OrderType } from '#domain/vocabulary.ts'
import { beijingText } from '../beijing.ts'
import type { Dice } from './dice.ts'
import { cardNumber, contactPhone, idNumber, personName } from './people.ts'
import { estates, places, streets } from './places.ts'
import { type Agent, agents, type Product, products } from './products.ts'

/** What an order is from its first second and never changes. */
export interface Birth {
  index: number
  type: OrderType
  orderNo: string
  ownNo: string
  createdMs: number
  product: Product
  customerName: string
  idNumber: string
  phone: string
  province: string
  city: string
  district: string
  address: string
  /** The number the customer picked, '' where none was offered. */
  pickedNumber: string
  source: string
  /** Distributor orders only. */
  agent: Agent | null
}

export function bearOrder(dice: Dice, index: number, createdMs: number, type: OrderType): Birth {
  const place = dice.pick(places)
  return {
    index,
    type,
    orderNo: orderNo(index, createdMs, type),
    ownNo: dice.chance(0.7) ? `HK${String(index + 1).padStart(8, '0')}` : '',
    createdMs,
    product: dice.pick(products),
    customerName: personName(dice),
    idNumber: idNumber(dice),
    phone: contactPhone(dice),
    province: place.province,
    city: place.city,
    district: dice.pick(place.districts),
    address: address(dice),
    pickedNumber: dice.chance(0.3) ? cardNumber(dice) : '',
    source: type === 'own' ? dice.pick(['自营店铺', '抖音小店', '微信小程序', '公众号']) : '分销商城',
    agent: type === 'own' ? null : dice.pick(agents),
  }
}

/** Own: 19 digits, the second and a running number. Distributors': 18 digits with leading zeros. Both unique. */
function orderNo(index: number, createdMs: number, type: OrderType): string {
  if (type === 'distributor') return `00${String(7_300_000_000_000_000 + index * 7_919).padStart(16, '0')}`
  const second = beijingText(createdMs).replaceAll(/\D/g, '')
  return second + String(index % 100_000).padStart(5, '0')
}

/** A made-up street; now and then with the comma, quote or line break that real customers type. */
function address(dice: Dice): string {
  const street = dice.pick(streets) + String(1 + dice.int(300))
  const home = `${dice.pick(estates)}${1 + dice.int(30)}栋${1 + dice.int(32)}0${1 + dice.int(4)}室`
  if (dice.chance(0.01)) return `${street}号\n${home}`
  if (dice.chance(0.01)) return `${street}号,"${home}"`
  return `${street}号${home}`
}
