import { themeQuartz } from 'ag-grid-community'

/** The grid in the app's tokens, so that light and dark need no second theme. */
export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  borderColor: 'var(--line)',
  chromeBackgroundColor: 'var(--surface)',
  headerBackgroundColor: 'var(--surface)',
  headerTextColor: 'var(--text-2)',
  headerFontWeight: 500,
  headerHeight: 32,
  rowHoverColor: 'var(--surface-hover)',
  selectedRowBackgroundColor: 'var(--surface-chosen)',
  fontFamily: 'var(--font)',
  fontSize: 13,
  cellHorizontalPadding: 10,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: false,
  rowBorder: { style: 'solid', width: 1, color: 'var(--line)' },
})

/** The nonce that this document's policy allows; Vite writes it into a meta element, the protocol handler fills it in. */
export function styleNonce(document: Document): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
