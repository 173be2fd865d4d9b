import type { IHeaderComp, IHeaderParams } from 'ag-grid-community'

export interface TickHeaderParts {
  readonly shown: Set<{ paint(): void }>
  /** Selects all that match, or nothing where all or some are selected. */
  onToggle(): void
  label(): string
  state(): 'none' | 'some' | 'all'
}

/** Over the ticks: everything that matches the filter, loaded or not. */
export class TickHeader implements IHeaderComp {
  readonly #root = document.createElement('div')
  readonly #tick = document.createElement('i')
  #parts: TickHeaderParts | undefined

  init(params: IHeaderParams & TickHeaderParts): void {
    this.#parts = params
    this.#root.className = 'tick-heading'
    this.#tick.className = 'tick'
    this.#root.role = 'checkbox'
    this.#root.append(this.#tick)
    this.#root.addEventListener('click', () => params.onToggle())
    params.shown.add(this)
    this.paint()
  }

  getGui(): HTMLElement {
    return this.#root
  }

  refresh(): boolean {
    this.paint()
    return true
  }

  destroy(): void {
    this.#parts?.shown.delete(this)
  }

  paint(): void {
    const state = this.#parts?.state() ?? 'none'
    this.#tick.dataset['state'] = state
    this.#root.title = this.#parts?.label() ?? ''
    this.#root.ariaLabel = this.#parts?.label() ?? ''
    this.#root.ariaChecked = state === 'some' ? 'mixed' : String(state === 'all')
  }
}
