import { decodeEvent } from '../protocol/decode.ts'
import { prefixLength, type TargetKind, targetKind } from '../protocol/server-event.ts'
import { targetEnd, updatePrefix } from '../protocol/update-text.ts'
import type { Cell } from './cell.ts'

/** The cells that there are, by kind and id. */
export interface CellMap {
  get(kind: TargetKind, id: string): Cell | undefined
  has(cell: Cell): boolean
  add(cell: Cell): void
  delete(cell: Cell): void
  /** The cell of a target, as events name it: `job:<id>`. */
  find(target: string): Cell | undefined
  /** The cell that an `update`, as text, is about. */
  findUpdated(data: string): Cell | undefined
}

/** A map of cells, which finds the target of an update without parsing it. */
export function createCellMap(): CellMap {
  const cells: Record<TargetKind, Map<string, Cell>> = {
    job: new Map(),
    workflow: new Map(),
    query: new Map(),
  }
  const get = (kind: TargetKind, id: string): Cell | undefined => cells[kind].get(id)
  /** The cell of the target that is written in `text` from `from` to `end`. */
  const find = (text: string, from: number, end: number): Cell | undefined => {
    const kind = targetKind(text, from)
    return kind && cells[kind].get(text.slice(from + prefixLength(kind), end))
  }
  return {
    get,
    has: (cell) => get(cell.item.kind, cell.item.id) === cell,
    add: (cell) => void cells[cell.item.kind].set(cell.item.id, cell),
    delete: (cell) => void cells[cell.item.kind].delete(cell.item.id),
    find: (target) => find(target, 0, target.length),
    findUpdated(data) {
      // What has newer news by the time it would be shown need not be parsed: its target suffices.
      const end = targetEnd(data)
      const cell = end === -1 ? undefined : find(data, updatePrefix.length, end)
      if (cell) return cell
      const target = targetOf(data)
      return find(target, 0, target.length)
    },
  }
}

/** The target of an update whose text does not begin as ours do, or that nobody follows. */
function targetOf(data: string): string {
  const event = decodeEvent({ event: 'update', data })
  return event && 'target' in event ? event.target : ''
}
