import type { Json } from '../json.ts'
import { personalFields, type OrderField } from '../vocabulary.ts'
import { fieldsOf, type Field } from './assign.ts'
import { survey } from './survey.ts'

/** A path that holds something personal, whatever column it feeds or does not. */
export interface PersonalPath {
  path: readonly string[]
  field: OrderField
}

const certain = 0.5
const personal: readonly string[] = personalFields

/** Every path of the elements that holds personal data, by its name or by the look of its values. */
export function personalPaths(elements: readonly Json[]): PersonalPath[] {
  return fieldsOf(survey(elements)).flatMap((one): PersonalPath[] => {
    const field = personalFieldOf(one)
    return field === null ? [] : [{ path: one.path, field }]
  })
}

/** Which kind of personal data a path holds; null: none. In doubt it is personal: this is for masking. */
export function personalFieldOf({ claims, looks }: Field): OrderField | null {
  if (looks.idNumber >= certain) return 'idNumber'
  if (looks.phone >= certain) return 'phone'
  // A name that surely says something else (settled_text: 未结算) is believed: three Chinese signs are not always a person.
  const [first] = claims
  if (first !== undefined && first.weight >= certain && !personal.includes(first.column)) return null
  const claimed = claims.find(({ column }) => personal.includes(column))?.column
  if (claimed !== undefined && !(claimed === 'customerName' && looks.product >= certain)) return claimed as OrderField
  if (looks.person >= certain && looks.han > 0 && looks.statusWord < certain) return 'customerName'
  return looks.street >= certain ? 'address' : null
}
