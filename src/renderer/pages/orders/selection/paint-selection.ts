import type { GridApi, IRowNode } from 'ag-grid-community'
import type { OrderRow } from '#shared/contract/orders.ts'
import { isSelected, type RowSelection } from './row-selection.ts'

/**
 * Makes the grid's own selection of the loaded rows show ours: it paints them and says so to a screen reader. Rows that
 * have left the grid's memory are let go, so that it never grows with what was scrolled past.
 */
export function paintSelection(grid: GridApi<OrderRow>, selection: RowSelection): void {
  const on: IRowNode<OrderRow>[] = []
  const off: IRowNode<OrderRow>[] = []
  const loaded = new Set<IRowNode<OrderRow>>()
  grid.forEachNode((node) => {
    if (node.data === undefined) return
    loaded.add(node)
    const wanted = isSelected(selection, node.data.id)
    if (wanted !== node.isSelected()) (wanted ? on : off).push(node)
  })
  for (const node of grid.getSelectedNodes()) if (!loaded.has(node)) off.push(node)
  if (on.length > 0) grid.setNodesSelected({ nodes: on, newValue: true, source: 'api' })
  if (off.length > 0) grid.setNodesSelected({ nodes: off, newValue: false, source: 'api' })
}
