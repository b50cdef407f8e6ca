import { isRecord } from '../protocol/json.ts'
import type { ChildCounts } from '../protocol/snapshot-members.ts'
import { type FakeHandler, isRefusal, type Refusal, refusals, wrongItem } from './fake-answers.ts'
import type { FakeLabels, FakeRun } from './fake-gateway-api.ts'
import { countChildren, type FakeGroup, groupFields } from './fake-group-state.ts'
import { readLabels } from './fake-labels.ts'
import { cancelledFields, type createFakeRuns, hasEnded } from './fake-runs.ts'

/** The parts of a fake gateway that its groups use. */
interface Grouping {
  runs: ReturnType<typeof createFakeRuns>
  now: () => number
  /** The kind of runs that a name starts; `null` if the fake has no such function. */
  kindOf: (name: string) => 'job' | 'workflow' | null
  /** Pushes the lists of runs. */
  pushLists(): void
  update(id: string, fields: Partial<FakeRun>): void
  /** The id that was started under the key of a request, or `start()`. */
  underKey(name: string, headers: Headers, start: () => string): string
}

/** The groups of a fake gateway, and the counts of every run with children. */
export interface FakeGroups {
  handlers: Record<string, FakeHandler>
  /** Counts the children of the parent of a run that has changed, if it has one. */
  recount(childId: string): void
  /** Cancels the children of a run. True if it is a group, whose own end follows from theirs. */
  cancel(id: string, reason: string): boolean
  /** Runs the children of a group again that failed or were cancelled. False if it is no group. */
  retry(id: string): boolean
}

const maxItems = 1_000

/** The groups of a fake gateway. @see PROTOCOL.md, "Groups" */
export function createFakeGroups(grouping: Grouping): FakeGroups {
  const { runs, now, kindOf, pushLists, update, underKey } = grouping
  const groups = new Map<string, FakeGroup>()

  const countOf = (parent: string): void => {
    const group = groups.get(parent)
    const count = (): ChildCounts => countChildren(runs.children(parent).map(({ run }) => run))
    if (group?.stopsOnFailure && !group.isStopped && count().failed > 0) stop(parent, group)
    const children = count()
    const fields = group ? groupFields(group, children) : { children }
    const before = runs.get(parent) as unknown as Record<string, unknown>
    const isSame = Object.entries(fields).every(
      ([name, value]) => JSON.stringify(value) === JSON.stringify(before[name]),
    )
    if (!isSame) update(parent, fields)
  }
  const cancelChildren = (parent: string, reason: string): void => {
    for (const { id, run } of runs.children(parent)) {
      if (!hasEnded(run) && !cancel(id, reason)) update(id, cancelledFields(run, reason, now()))
    }
  }
  /** The first child has failed: the others do not go on. */
  const stop = (parent: string, group: FakeGroup): void => {
    Object.assign(group, { isOpen: false, isStopped: true })
    cancelChildren(parent, 'another one of the group failed')
  }
  const cancel: FakeGroups['cancel'] = (id, reason) => {
    const group = groups.get(id)
    if (group && !hasEnded(runs.get(id))) Object.assign(group, { isOpen: false, cancelled: reason })
    cancelChildren(id, reason)
    if (group) countOf(id)
    return group !== undefined
  }
  const add = (id: string, { name }: FakeGroup, items: readonly FakeLabels[]): void => {
    const isWorkflow = kindOf(name) === 'workflow'
    for (const labels of items) {
      const child = { name, ...labels, parent: id }
      if (isWorkflow) runs.createWorkflow({}, child)
      else runs.createJob({}, child)
    }
    pushLists()
    countOf(id)
  }
  const start = (name: string, { body, headers }: Parameters<FakeHandler>[1]): unknown => {
    const items = readItems(body)
    const labels = readLabels(body)
    if (!kindOf(name)) return refusals.noFunction
    if (isRefusal(items)) return items
    if (items.length === 0) return refusals.noItems
    if (typeof labels === 'string') return refusals.badLabels
    const { on_failure: onFailure = 'continue', open = false } = body
    if (onFailure !== 'continue' && onFailure !== 'stop') return refusals.badGroup
    const job_id = underKey(name, headers, () => {
      const id = runs.createJob({}, { name, ...labels }).job_id
      const group = {
        ...{ name, stopsOnFailure: onFailure === 'stop', isOpen: open === true },
        ...{ isStopped: false, cancelled: null },
      }
      groups.set(id, group)
      add(id, group, items)
      return id
    })
    return { job_id }
  }
  const addTo = (id: string, body: Record<string, unknown>): unknown => {
    const group = groups.get(id)
    const items = readItems({ items: [], ...body })
    const { from = 0, close = false } = body
    if (!runs.find('job', id)) return refusals.noJob
    if (!group) return refusals.notOpen
    if (isRefusal(items)) return items
    const there = runs.children(id).length
    if (typeof from !== 'number' || from < 0 || from > there) return refusals.badGroup
    const missing = items.slice(there - from)
    const isOver = !group.isOpen || hasEnded(runs.get(id))
    if (isOver && missing.length > 0) return refusals.notOpen
    if (close === true) group.isOpen = false
    add(id, group, missing)
    return runs.get(id)
  }
  return {
    handlers: {
      'POST /rpc/([^/]+)/many': ([name = ''], request) => start(name, request),
      'POST /jobs/([^/]+)/children': ([id = ''], { body }) => addTo(id, body),
    },
    recount(childId) {
      const parent = runs.parentOf(childId)
      if (parent !== null && runs.has(parent)) countOf(parent)
    },
    cancel,
    retry(id) {
      const group = groups.get(id)
      if (!group) return false
      Object.assign(group, { isStopped: false, cancelled: null })
      for (const { id: child, kind, run } of runs.children(id)) {
        const status = kind === 'job' ? 'pending' : 'created'
        if (hasEnded(run) && run.status !== 'completed') update(child, { status, error: null })
      }
      return true
    },
  }
}

/** The labels of the items in a body, or a refusal of all of them. */
function readItems({ items }: Record<string, unknown>): FakeLabels[] | Refusal {
  if (!Array.isArray(items) || !items.every(isRecord)) return refusals.noItems
  if (items.length > maxItems) return refusals.tooManyItems
  const read = items.map(readLabels)
  const wrong = read.findIndex((labels) => typeof labels === 'string')
  if (wrong !== -1) return wrongItem(wrong, String(read[wrong]))
  return read.filter((labels) => typeof labels !== 'string')
}
