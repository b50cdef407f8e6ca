import { decodeEvent } from '../protocol/decode.ts'
import { prefixLength, type TargetKind, targetKind } from '../protocol/target.ts'
import { targetEnd, updatePrefix } from '../protocol/update-text.ts'
import type { Cell } from './cell.ts'

/** The cells of a page, by kind and id. */
export interface CellMap {
  get(kind: TargetKind, id: string): Cell | undefined
  /** True if it holds this very cell. */
  has(cell: Cell): boolean
  add(cell: Cell): void
  delete(cell: Cell): void
  /** The cell of a target by its name in events, such as `job:<id>`. */
  find(target: string): Cell | undefined
  /** The cell of an `update`, given as text. */
  findUpdated(data: string): Cell | undefined
}

/** Creates an empty map. It finds the target of an update without parsing the update. */
export function createCellMap(): CellMap {
  const cells: Record<TargetKind, Map<string, Cell>> = {
    job: new Map(),
    workflow: new Map(),
    query: new Map(),
  }
  const get = (kind: TargetKind, id: string): Cell | undefined => cells[kind].get(id)
  /** The cell of the target written in `text` between `from` and `end`. */
  const findAt = (text: string, from: number, end: number): Cell | undefined => {
    const kind = targetKind(text, from)
    return kind && cells[kind].get(text.slice(from + prefixLength(kind), end))
  }
  return {
    get,
    has: (cell) => get(cell.item.kind, cell.item.id) === cell,
    add: (cell) => void cells[cell.item.kind].set(cell.item.id, cell),
    delete: (cell) => void cells[cell.item.kind].delete(cell.item.id),
    find: (target) => findAt(target, 0, target.length),
    findUpdated(data) {
      // A newer update may replace this one before the next frame, so parsing it now could be for
      // nothing.
      const end = targetEnd(data)
      const cell = end === -1 ? undefined : findAt(data, updatePrefix.length, end)
      if (cell) return cell
      const target = targetOf(data)
      return findAt(target, 0, target.length)
    },
  }
}

/**
 * The target, by parsing the whole update: for texts in another order of members, and targets
 * without a cell.
 */
function targetOf(data: string): string {
  const event = decodeEvent({ event: 'update', data })
  return event && 'target' in event ? event.target : ''
}
