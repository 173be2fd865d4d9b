import { describe, expect, it } from 'vitest'
import { Dice } from '#practice/world/dice.ts'
import {
  cardNumber,
  contactPhone,
  idCheckDigit,
  idNumber,
  maskPhone,
  personName,
  simSerial,
} from '#practice/world/people.ts'

const many = Array.from({ length: 300 }, (_, index) => new Dice(9, index, 0))

describe('people who do not exist', () => {
  it('computes the check digit of GB 11643', () => {
    // The standard's own example numbers.
    expect(idCheckDigit('11010519491231002')).toBe('X')
    expect(idCheckDigit('44052418800101001')).toBe('4')
  })

  it('have ID numbers that check but lie in no region there is', () => {
    for (const dice of many) {
      const id = idNumber(dice)
      expect(id).toMatch(/^99\d{4}(19|20)\d\d(0[1-9]|1[0-2])([01]\d|2[0-8])\d{3}[\dX]$/)
      expect(id.at(-1)).toBe(idCheckDigit(id.slice(0, 17)))
    }
  })

  it('have phones under prefixes that nobody was given', () => {
    for (const dice of many) {
      expect(contactPhone(dice)).toMatch(/^16[013489]\d{8}$/)
      expect(cardNumber(dice)).toMatch(/^194\d{8}$/)
      expect(simSerial(dice)).toMatch(/^898699\d{14}$/)
    }
  })

  it('have Chinese names, and masked phones keep their ends', () => {
    for (const dice of many) expect(personName(dice)).toMatch(/^[\p{Script=Han}·]{2,8}$/u)
    expect(maskPhone('16012340013')).toBe('160****0013')
  })
})
