import type { ListWatcher } from '../json-stream/outline.ts'
import type { Key } from '../json-stream/reading.ts'
import { elementOf } from './elements.ts'
import type { Place } from './places.ts'
import { Survey } from './survey.ts'

/**
 * Surveys a reply's first long list while its outline is made: in nearly every long reply that is the list of orders,
 * which spares a pass of its own.
 */
export class EarlySurvey implements ListWatcher {
  readonly #survey = new Survey()
  readonly #mostElements: number
  #path: string | null = null
  #isWhole = true

  constructor(mostElements: number) {
    this.#mostElements = mostElements
  }

  begin(path: readonly Key[]): void {
    this.#path = JSON.stringify(path.map(String))
  }

  element(text: string): void {
    const { elements } = this.#survey
    if (elements <= this.#mostElements) this.#survey.add(elementOf(elements, null, text))
  }

  missed(): void {
    this.#isWhole = false
  }

  /** The survey of a list at just this place; null: it was not looked at, or not wholly. */
  of(places: readonly Place[]): Survey | null {
    const [only] = places
    const isThis = places.length === 1 && only?.kind === 'list' && JSON.stringify(only.path) === this.#path
    return isThis && this.#isWhole ? this.#survey : null
  }
}
