import { cellFormats, columnLetters, textCell, xmlText } from './cells.ts'

/** The parts of a workbook (ECMA-376 part 1) that are not rows. */

export interface SheetPlan {
  name: string
  columns: number
  /** Its heading row included. */
  rows: number
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`

/** Everything before the rows: the heading frozen, columns as wide as given (in digits). */
export function sheetHead(headings: readonly string[], widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  const cells = headings.map((heading, index) => textCell(`${columnLetters(index)}1`, heading, cellFormats.heading))
  return (
    `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${columns.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`
  )
}

/** Everything after the rows: a filter at the heading, and no green corners at numbers that are meant as text. */
export function sheetTail({ columns, rows }: SheetPlan): string {
  const all = `A1:${columnLetters(columns - 1)}${rows}`
  return (
    `</sheetData><autoFilter ref="${all}"/>` +
    `<ignoredErrors><ignoredError sqref="${all}" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  )
}

/** Paths and texts of the parts that name the sheets. */
export function workbookParts(sheets: readonly SheetPlan[]): [path: string, xml: string][] {
  return [
    ['xl/workbook.xml', workbook(sheets)],
    ['xl/styles.xml', styles],
    ['xl/_rels/workbook.xml.rels', workbookRelations(sheets.length)],
    ['_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']])],
    ['[Content_Types].xml', contentTypes(sheets.length)],
  ]
}

function workbook(sheets: readonly SheetPlan[]): string {
  const listed = sheets.map(({ name }, index) => {
    const number = index + 1
    return `<sheet name="${xmlText(name)}" sheetId="${number}" r:id="rId${number}"/>`
  })
  // Excel writes these beside a filter, and some readers look for nothing else.
  const filters = sheets.map(({ name, columns, rows }, index) => {
    const place = `'${xmlText(name.replaceAll("'", "''"))}'!$A$1:$${columnLetters(columns - 1)}$${rows}`
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${place}</definedName>`
  })
  return (
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${listed.join('')}</sheets>` +
    `<definedNames>${filters.join('')}</definedNames></workbook>`
  )
}

function workbookRelations(sheets: number): string {
  const listed = Array.from({ length: sheets }, (_, index): [string, string] => [
    'worksheet',
    `worksheets/sheet${index + 1}.xml`,
  ])
  return relationships([...listed, ['styles', 'styles.xml']])
}

function relationships(targets: readonly [type: string, target: string][]): string {
  const listed = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  )
  return `${declaration}<Relationships xmlns="${packaged}/relationships">${listed.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const part = (path: string, type: string): string =>
    `<Override PartName="/${path}" ContentType="${contentType}.${type}+xml"/>`
  const listed = Array.from({ length: sheets }, (_, index) => part(sheetPath(index + 1), 'worksheet'))
  return (
    `${declaration}<Types xmlns="${packaged}/content-types">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${part('xl/workbook.xml', 'sheet.main')}` +
    `${part('xl/styles.xml', 'styles')}${listed.join('')}</Types>`
  )
}

/** Formats 49 (text) and 4 (#,##0.00) are built in; the order is that of `cellFormats`. */
const styles =
  `${declaration}<styleSheet xmlns="${main}">` +
  `<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  `<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
  `<fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F5"/></patternFill></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">` +
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  [49, 164, 4]
    .map((format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`)
    .join('') +
  `<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>` +
  `</cellXfs></styleSheet>`
