import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type RunRow, type RunsFilter, watchRuns } from '../src/index.ts'
import type { RunsPage } from '../src/protocol/index.ts'
import { createFakeClient, type FakeClient } from '../src/testing/index.ts'

/** A page with one list, and a network that holds answers back. */
interface Page extends FakeClient {
  rows(): readonly RunRow[]
  ids: string[]
  /** Answers are delivered in the order in which they are let go. */
  held: (() => void)[]
  isHolding: boolean
}

/** Something that happens; the number says to which run, and how. */
const acts: Record<string, (page: Page, n: number) => unknown> = {
  start: ({ gateway, ids }, n) => {
    const labels = { name: n % 2 === 0 ? 'export' : 'import' }
    const isJob = n % 3 > 0
    const run = isJob ? gateway.createJob({}, labels) : gateway.createWorkflow({}, labels)
    ids.push('job_id' in run ? run.job_id : run.workflow_id)
  },
  progress: onRun(({ gateway }, id, progress) =>
    gateway.update(id, { status: 'running', progress }),
  ),
  complete: onRun(({ gateway }, id) => gateway.update(id, { status: 'completed', output: id })),
  fail: onRun(({ gateway }, id) => gateway.update(id, { status: 'failed', error: 'disk full' })),
  remove: onRun((page, id) => {
    page.gateway.forget(id)
    page.ids = page.ids.filter((other) => other !== id)
  }),
  cancel: onRow((row) => row.cancel('enough')),
  retry: onRow((row) => row.view.phase === 'failed' && row.retry()),
  drop: ({ gateway }) => gateway.drop(),
  offline: ({ gateway }) => gateway.goOffline(),
  online: ({ gateway, client }) => {
    gateway.goOnline()
    client.reconnectNow()
  },
  hold: (page) => {
    page.isHolding = true
  },
  // The newest first: answers overtake each other.
  letGo: ({ held }) => held.pop()?.(),
  letAllGo: (page) => {
    page.isHolding = false
    for (const go of page.held.splice(0)) go()
  },
  settle: ({ settled }) => settled(),
  wait: ({ advance }) => advance(100),
}

function onRun(act: (page: Page, id: string, n: number) => void) {
  return (page: Page, n: number): void => {
    const id = page.ids[n % page.ids.length]
    if (id !== undefined && !/completed|failed|cancel|compens/.test(page.gateway.run(id).status)) {
      act(page, id, n)
    }
  }
}

function onRow(act: (row: RunRow) => unknown) {
  return (page: Page, n: number): void => {
    const row = page.rows()[n % page.rows().length]
    if (row) void Promise.resolve(act(row)).catch(() => undefined)
  }
}

const filters: RunsFilter[] = [
  {},
  { status: 'active' },
  { status: ['completed', 'failed'] },
  { name: 'export' },
  { limit: 2 },
  { kind: 'job', limit: 3, status: 'active' },
]

const steps = fc.array(
  fc.tuple(fc.constantFrom('start', 'start', ...Object.keys(acts)), fc.nat({ max: 99 })),
  { minLength: 5, maxLength: 40 },
)

it('whatever the order of events, the list ends as the server has it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...filters), steps, async (filter, happened) => {
      const page: Page = Object.assign(
        createFakeClient({}, { fetch: (...request) => holdBack(page, request), random: () => 0.3 }),
        { rows: () => list.getSnapshot().runs, ids: [], held: [], isHolding: false },
      )
      const list = watchRuns(page.client, filter)
      const seen: (readonly RunRow[])[] = []
      list.state$.subscribe(({ runs }) => seen.push(runs))
      for (const [name, n] of happened) await acts[name]?.(page, n)
      await acts.letAllGo?.(page, 0)
      await acts.online?.(page, 0)
      await page.advance(90_000)
      for (const shown of seen) expectShown(shown)
      const { loading, error, sync, runs } = list.getSnapshot()
      expect({ loading, error, sync }).toMatchObject({
        ...{ loading: false, error: null, sync: { status: 'live' } },
      })
      expect(runs.map(toState)).toEqual(await statesAt(page, filter))
      page.client.close()
    }),
    { numRuns: 150 },
  )
}, 120_000)

/** Every row that is shown has a state, is there once, and in its place. */
function expectShown(runs: readonly RunRow[]): void {
  expect(runs.filter(({ view }) => view.loading || view.createdAt === null)).toEqual([])
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length)
  const numbers = runs.map(({ id }) => Number(id.split('-')[1]))
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
}

function toState({ id, view: { status, progress, output, error } }: RunRow): unknown {
  return { id, status, progress: progress ?? null, output, error }
}

async function statesAt({ gateway }: Page, filter: RunsFilter): Promise<unknown[]> {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    for (const one of [value].flat()) params.append(name, String(one))
  }
  const response = await gateway.fetch(`http://fake/_api/runs?${params}`)
  const { data } = (await response.json()) as { data: RunsPage }
  return data.runs.map(({ id }) => {
    const { status, progress = null, output, error } = gateway.run(id) as never
    return { id, status, progress, output, error }
  })
}

/** Streams pass; every other answer waits while the page holds answers back. */
async function holdBack(page: Page, request: Parameters<typeof fetch>): Promise<Response> {
  const response = await page.gateway.fetch(...request)
  const isStream = String(request[0]).includes('/events')
  if (page.isHolding && !isStream) await new Promise<void>((go) => page.held.push(go))
  return response
}
