/** An event of a queue: its place in the stream, and its fields. */
export interface QueueEvent {
  /** As Redis has it, `<milliseconds>-<number>`. */
  at: string
  /** BullMQ's name of it. */
  event: string
  jobId: string | null
  fields: Readonly<Record<string, string>>
}

/** The facts about one job in the events of its queue, for when its hash is gone. */
export interface Told {
  /** The name that it was added under, and the place of that, if it is among the events. */
  name: string | null
  addedAt: string | null
  /** The last end among them, unless it went on after it. */
  end: {
    at: string
    type: 'completed' | 'failed' | 'removed'
    text: string
    attempts: number
  } | null
}

/** The events tell nothing of a job. */
export const nothing: Told = { name: null, addedAt: null, end: null }

/** The states out of which a job is removed after its end. */
const ended: ReadonlySet<string | undefined> = new Set(['completed', 'failed'])

/** An event from Redis: its id, and names and values in turn. Pure. */
export function toQueueEvent([at, pairs]: [at: string, pairs: string[]]): QueueEvent {
  const fields: Record<string, string> = {}
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    fields[pairs[index] ?? ''] = pairs[index + 1] ?? ''
  }
  return { at, event: fields.event ?? '', jobId: fields.jobId ?? null, fields }
}

/** What some events tell, by the ids of their jobs. Pure. */
export function foldEvents(events: readonly QueueEvent[]): Map<string, Told> {
  const told = new Map<string, Told>()
  for (const event of events) {
    if (event.jobId === null) continue
    told.set(event.jobId, after(told.get(event.jobId) ?? nothing, event))
  }
  return told
}

function after(told: Told, { at, event, fields }: QueueEvent): Told {
  switch (event) {
    case 'added':
      return { name: fields.name ?? null, addedAt: at, end: null }
    case 'completed':
      return { ...told, end: { at, type: event, text: fields.returnvalue ?? 'null', attempts: 1 } }
    case 'failed':
      return { ...told, end: { at, type: event, text: fields.failedReason ?? '', attempts: 1 } }
    case 'retries-exhausted':
      return told.end
        ? { ...told, end: { ...told.end, attempts: Number(fields.attemptsMade ?? 1) } }
        : told
    case 'removed':
      // One that had ended keeps its end.
      return ended.has(fields.prev)
        ? told
        : { ...told, end: { at, type: event, text: '', attempts: 0 } }
    case 'waiting':
    case 'active':
    case 'delayed':
      return { ...told, end: null }
    default:
      return told
  }
}

/** A place in a stream as text that sorts as the stream does. Pure. */
export function toSortable(at: string): string {
  const [ms = '0', number = '0'] = at.split('-')
  return `${ms.padStart(16, '0')}-${number.padStart(12, '0')}`
}

/** The time of a place in a stream, in epoch milliseconds. Pure. */
export const timeOf = (at: string): number => Number(at.split('-')[0])
