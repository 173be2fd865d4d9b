import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

/** Only what these charts need; it comes with the page. */
use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export type Chart = EChartsType

export interface ChartSize {
  width: number
  height: number
}

/** A chart in an element, sharp on the screen it is on now; with a size of its own also in one that is not on the page. */
export function makeChart(element: HTMLElement, size?: ChartSize): Chart {
  return init(element, null, { renderer: 'canvas', devicePixelRatio: window.devicePixelRatio, ...size })
}
