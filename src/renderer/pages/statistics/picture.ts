import { barOption, type BarChartOf } from './charts/chart-option.ts'
import { makeChart } from './charts/echarts.ts'
import type { Drawing } from './drawing.ts'

/** One section of the picture. */
export interface Section {
  title: string
  height: number
  chart: BarChartOf<never>
}

export interface PictureOf {
  title: string
  /** Lines under the title. */
  lines: readonly string[]
  kpis: readonly { name: string; value: string }[]
  sections: readonly Section[]
  drawing: Drawing
}

const width = 1_000
const margin = 32
const inner = width - 2 * margin
/** Sharp also where it is enlarged. */
const density = 2
const headingHeight = 36

/** Draws title, main figures and charts one below the other, as they look on the page. PNG. */
export async function drawPicture(of: PictureOf): Promise<Uint8Array<ArrayBuffer>> {
  const { colours } = of.drawing
  const top = margin + 40 + of.lines.length * 22 + 76
  const height = of.sections.reduce((sum, section) => sum + headingHeight + section.height + 20, top) + margin
  const canvas = document.createElement('canvas')
  canvas.width = width * density
  canvas.height = height * density
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('no canvas to draw on')
  pen.scale(density, density)
  pen.fillStyle = colours.surface
  pen.fillRect(0, 0, width, height)
  drawHead(pen, of)
  let y = top
  for (const section of of.sections) {
    write(pen, of, section.title, margin, y + 20, 16, colours.text, 600)
    drawChart(pen, section, y + headingHeight)
    y += headingHeight + section.height + 20
  }
  return bytesOf(canvas)
}

function drawHead(pen: CanvasRenderingContext2D, of: PictureOf): void {
  const { colours } = of.drawing
  write(pen, of, of.title, margin, margin + 22, 22, colours.text, 600)
  for (const [index, line] of of.lines.entries())
    write(pen, of, line, margin, margin + 54 + index * 22, 13, colours.muted)
  const y = margin + 40 + of.lines.length * 22 + 24
  const step = inner / Math.max(1, of.kpis.length)
  for (const [index, { name, value }] of of.kpis.entries()) {
    write(pen, of, name, margin + index * step, y, 12, colours.muted)
    write(pen, of, value, margin + index * step, y + 24, 18, colours.text, 600)
  }
}

function write(
  pen: CanvasRenderingContext2D,
  of: PictureOf,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  weight = 400,
): void {
  pen.font = `${weight} ${size}px ${of.drawing.colours.font}`
  pen.fillStyle = colour
  pen.fillText(text, x, y)
}

/** On a canvas that is not on the page, at a size of its own. */
function drawChart(pen: CanvasRenderingContext2D, { chart, height }: Section, y: number): void {
  const drawn = makeChart(document.createElement('div'), { width: inner, height })
  drawn.setOption(barOption({ ...chart, animated: false }))
  const canvas = drawn.renderToCanvas({ pixelRatio: density, backgroundColor: chart.colours.surface })
  pen.drawImage(canvas, margin, y, inner, height)
  drawn.dispose()
}

async function bytesOf(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('the picture could not be made')
  return new Uint8Array(await blob.arrayBuffer())
}
