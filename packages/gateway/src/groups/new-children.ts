import type { FoundStartable } from '../app/find-startable.ts'
import { placeOf } from '../app/queue-job.ts'
import { toJson } from '../postgres-text.ts'
import { toTaskOptions } from '../runs/hand-over.ts'
import type { PendingTask } from '../runs/hand-over-store.ts'
import type { Labels } from '../runs/labels.ts'
import { runIdOf } from '../runs/run-id.ts'

/** A child to start, with its arguments checked. */
export interface NewChild {
  args: unknown
  labels: Labels
}

/** The places of children below their parent. */
export interface Places {
  /** The place of the first one in the order of all children. */
  from: number
  /** Its number in the series. Default: its place. */
  first?: number
  /** Tells series of numbers below the same parent apart. Default: there is one. */
  series?: string
}

/** Children of one function, as the database takes them. */
export interface NewChildren {
  kind: 'job' | 'workflow'
  name: string
  engine: string
  /** `null` for workflows. */
  queue: string | null
  /** How jobs are handed over, as JSON text; `null` for workflows. */
  options: string | null
  /** The declared steps of workflows. */
  steps: readonly string[]
  items: readonly NewItem[]
}

/** A child as the database takes it. */
interface NewItem {
  id: string
  task_id: string | null
  /** Already JSON text: it is put into the text of the items as it is. */
  args: string
  title: string | null
  tags: readonly string[]
  ordinal: number
  task: PendingTask | null
}

/** The engines of a gateway or a worker. */
export interface Engines {
  engine: { name: string; queue: string }
  workflowEngine?: { name: string }
}

/**
 * Children of one function below a parent. Their ids follow from the parent, the series and the
 * number: a child that is started again is the same one. Pure.
 */
export function toNewChildren(
  { engine, workflowEngine }: Engines,
  { kind, name, definition }: FoundStartable,
  parent: string,
  children: readonly NewChild[],
  { from, first = from, series = '' }: Places,
): NewChildren {
  const toId = (index: number): string => runIdOf(parent, name, `${series}#${first + index}`)
  if (kind === 'workflow') {
    const items = children.map((child, index) => toItem(child, from + index, toId(index), null))
    const place = { engine: workflowEngine?.name ?? 'none', queue: null, options: null }
    return { kind, name, ...place, steps: definition.steps, items }
  }
  const options = toTaskOptions(definition)
  const items = children.map((child, index) => {
    const { id, engineId } = placeOf(definition, toId(index), engine)
    const task = { id: engineId, runId: id, name, args: child.args, options }
    return toItem(child, from + index, id, task)
  })
  const { engine: engineName, queue } = placeOf(definition, parent, engine)
  const place = { engine: engineName, queue, options: JSON.stringify(options) }
  return { kind, name, ...place, steps: [], items }
}

function toItem(
  { args, labels: { title, tags } }: NewChild,
  ordinal: number,
  id: string,
  task: PendingTask | null,
): NewItem {
  return { id, task_id: task?.id ?? null, args: toJson(args), title, tags, ordinal, task }
}

/** The items as JSON text. Their arguments stay the text that they are. Pure. */
export function toItemsText(items: readonly NewItem[]): string {
  const texts = items.map(({ args, task: _, ...item }) => {
    const text = JSON.stringify(item)
    return `${text.slice(0, -1)},"args":${args}}`
  })
  return `[${texts.join()}]`
}
