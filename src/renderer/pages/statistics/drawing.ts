import type { ChartColours } from './charts/chart-colours.ts'

/** How everything on the page is drawn. */
export interface Drawing {
  readonly colours: ChartColours
  readonly animated: boolean
}
