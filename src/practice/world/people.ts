import type { Dice } from './dice.ts'

/**
 * People who do not exist. Names are put together by chance; ID numbers have a right check digit under region 99….,
 * which no Chinese region code has; phones use prefixes that the numbering plan has not handed out.
 */
const surnames = ['欧阳', '司马', '上官', ...'王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋'] as [
  string,
  ...string[],
]
const givenCharacters = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂梓涵宇轩雨欣浩然思琪'] as [string, ...string[]]

/** A family name and one or two given characters; now and then a long name with a dot, as minorities have. */
export function personName(dice: Dice): string {
  if (dice.chance(0.01)) return '阿卜杜拉·买买提'
  const second = dice.chance(0.6) ? dice.pick(givenCharacters) : ''
  return dice.pick(surnames) + dice.pick(givenCharacters) + second
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check digit of GB 11643 for the first 17 digits. */
export function idCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11] ?? '0'
}

/** 18 characters, valid but for the region, which does not exist. */
export function idNumber(dice: Dice): string {
  const year = 1960 + dice.int(46)
  const month = String(1 + dice.int(12)).padStart(2, '0')
  const day = String(1 + dice.int(28)).padStart(2, '0')
  const first17 = `99${dice.digits(4)}${year}${month}${day}${dice.digits(3)}`
  return first17 + idCheckDigit(first17)
}

/** The customer's own phone: 160, 161, 163, 164, 168 and 169 are not in use. */
export function contactPhone(dice: Dice): string {
  return dice.pick(['160', '161', '163', '164', '168', '169']) + dice.digits(8)
}

/** The number on the card: 194 is not in use. */
export function cardNumber(dice: Dice): string {
  return `194${dice.digits(8)}`
}

/** 20 digits with the Chinese operators' 8986 and an operator that does not exist. */
export function simSerial(dice: Dice): string {
  return `898699${dice.digits(14)}`
}

export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(7)}`
}
