import { z } from 'zod'

/** Whose field names a row carries: those of systems that the app knows. */
export const nameSets = ['ganTanHao', 'jiTuan', 'chinese'] as const
/** And those of a house that it does not know: to be corrected on the mapping page. */
const allNameSets = [...nameSets, 'house'] as const
export type NameSet = (typeof allNameSets)[number]

/**
 * How the rows sit in the reply: a list in `data`; that list as a JSON string; inside an envelope of its own
 * (`{"msg":{"code":0,"info":""},"data":[…]}`); an object keyed by order number; `data.list` with a total; or not at
 * all: a sentence, while the orders go to api_url.
 */
export const wrappings = ['list', 'jsonString', 'innerEnvelope', 'keyed', 'dataList', 'sentence'] as const
export type Wrapping = (typeof wrappings)[number]

/** What `data` holds when there is nothing to deliver. */
export const empties = ['emptyList', 'emptyString'] as const

/** `empty: true`: always nothing, whatever there is. */
export const shapeSchema = z.strictObject({
  names: z.enum(allNameSets).default('ganTanHao'),
  wrapping: z.enum(wrappings).default('list'),
  whenEmpty: z.enum(empties).default('emptyList'),
  empty: z.boolean().default(false),
})
export type Shape = z.infer<typeof shapeSchema>
const words = [...allNameSets, ...wrappings, ...empties, 'empty'] as const
export type ShapeWord = (typeof words)[number]

/** A shape in words joined by '+', as in `jiTuan+jsonString`; what is not named is as by default. Throws on others. */
export const shapeTextSchema = z
  .string()
  .max(200)
  .transform((text, context): Shape => {
    const shape: Record<string, unknown> = {}
    for (const word of text.split('+')) {
      if (includes(allNameSets, word)) shape.names = word
      else if (includes(wrappings, word)) shape.wrapping = word
      else if (includes(empties, word)) shape.whenEmpty = word
      else if (word === 'empty') shape.empty = true
      else context.addIssue(`no such shape: ${word.slice(0, 40)}; there are ${words.join(', ')}`)
    }
    return shapeSchema.parse(shape)
  })

function includes<T extends string>(list: readonly T[], word: string): word is T {
  return (list as readonly string[]).includes(word)
}
