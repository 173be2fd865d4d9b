import type { ChartColours } from './chart-colours.ts'

/** One bar of a series, with what a click on it is about. */
export interface Bar<Of> {
  value: number
  of: Of
  /** Written at its end. */
  label?: string
}

export interface Series<Of> {
  name: string
  colour: string
  /** Drawn as an outline: what is gone. */
  hollow?: boolean
  bars: readonly Bar<Of>[]
}

export interface BarChartOf<Of> {
  categories: readonly string[]
  series: readonly Series<Of>[]
  /** Bars of a category on top of each other; else side by side. */
  stacked: boolean
  /** Bars lie, categories from top to bottom: for long names. */
  lying: boolean
  /** How a value is written. */
  format: (value: number) => string
  colours: ChartColours
  animated: boolean
}

/** What a click gives back. */
export interface ClickedBar<Of> {
  data: { of: Of }
}

/** An ECharts option of bars in the app's look. */
export function barOption<Of>(chart: BarChartOf<Of>): Record<string, unknown> {
  const { colours, lying, stacked, series, animated } = chart
  const legend = series.length > 1
  const [category, value] = [categoryAxis(chart), valueAxis(chart)]
  return {
    animation: animated,
    animationDuration: 140,
    animationDurationUpdate: 140,
    textStyle: { fontFamily: colours.font, color: colours.text },
    grid: { left: 8, right: lying ? 88 : 12, top: legend ? 36 : 10, bottom: 6, containLabel: true },
    ...(legend && { legend: legendOf(chart) }),
    tooltip: tooltipOf(chart),
    xAxis: lying ? value : category,
    yAxis: lying ? category : value,
    series: series.map(({ name, colour, hollow, bars }) => ({
      type: 'bar',
      name,
      stack: stacked ? 'all' : undefined,
      barMaxWidth: lying ? 18 : 32,
      barMinWidth: 2,
      // Also a few orders of many can be seen and clicked.
      barMinHeight: stacked ? 0 : 2,
      color: hollow === true ? colours.surface : colour,
      itemStyle: hollow === true ? { borderColor: colour, borderWidth: 1 } : {},
      cursor: 'pointer',
      label: labelOf(chart),
      emphasis: { focus: 'none' },
      data: bars.map(({ value: height, of, label }) => ({
        value: height,
        of,
        text: label ?? '',
        // Nothing is no bar, however small.
        itemStyle: height === 0 ? { color: 'transparent', borderColor: 'transparent' } : {},
      })),
    })),
  }
}

function labelOf({ lying, stacked, colours }: BarChartOf<unknown>): Record<string, unknown> {
  return {
    show: lying && !stacked,
    position: 'right',
    color: colours.text,
    fontSize: 12,
    formatter: ({ data }: { data: { text: string } }) => data.text,
  }
}

function legendOf({ colours, series }: BarChartOf<unknown>): Record<string, unknown> {
  return {
    top: 0,
    left: 0,
    itemWidth: 10,
    itemHeight: 10,
    itemGap: 14,
    icon: 'circle',
    textStyle: { color: colours.text, fontSize: 12 },
    inactiveColor: colours.muted,
    data: series.map(({ name }) => name),
  }
}

/** Drawn in the canvas: styles of a page element would need what the policy forbids. */
function tooltipOf({ colours, format }: BarChartOf<unknown>): Record<string, unknown> {
  return {
    trigger: 'axis',
    renderMode: 'richText',
    axisPointer: { type: 'shadow', shadowStyle: { color: colours.muted, opacity: 0.1 } },
    backgroundColor: colours.surface,
    borderColor: colours.line,
    textStyle: { color: colours.text, fontSize: 12 },
    confine: true,
    formatter: (points: { axisValueLabel: string; seriesName: string; value: number }[]) => {
      const shown = points.filter(({ value }) => value > 0)
      const lines = shown.map(({ seriesName, value }) => `${seriesName}  ${format(value)}`)
      return [points[0]?.axisValueLabel ?? '', ...lines].join('\n')
    },
  }
}

function categoryAxis({ categories, lying, colours }: BarChartOf<unknown>): Record<string, unknown> {
  return {
    type: 'category',
    data: categories,
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: {
      color: colours.muted,
      fontSize: 12,
      hideOverlap: true,
      ...(lying && { width: 132, overflow: 'truncate', interval: 0, color: colours.text }),
    },
  }
}

function valueAxis({ lying, colours, format }: BarChartOf<unknown>): Record<string, unknown> {
  return {
    type: 'value',
    minInterval: 1,
    splitNumber: 4,
    axisLabel: { show: !lying, color: colours.muted, fontSize: 12, formatter: format },
    splitLine: { show: !lying, lineStyle: { color: colours.line } },
  }
}
