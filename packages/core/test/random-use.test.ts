import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inBatches } from './support/in-batches.ts'
import { act, type Step, steps } from './support/random-actions.ts'
import {
  exportUsers,
  findRun,
  idOf,
  openPage,
  type Page,
  type Screen,
  type Setting,
} from './support/random-page.ts'
import { catchUncaught } from './support/uncaught.ts'

/* After random events in random order, a page shows the server's state, sent few requests, and leaves nothing behind. */

/** A release runs more. Each run is a whole client with its connection. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 40)
const seed = Number(process.env.HEADWAY_SEED ?? Date.now() & 0x7fffffff)

const withoutBatches = [
  'revisions',
  'unsubscribe',
  'cancel',
  'retry',
  'idempotent-start',
  'get',
] as const

const settings: [name: string, setting: Setting][] = [
  ['a server with all extensions', { everyUpdate: true }],
  ['a server with all extensions, a frame at a time', { everyUpdate: false }],
  ['a server that takes no items in its stream', { capabilities: inBatches, everyUpdate: true }],
  ['a cluster', { everyUpdate: true, isCluster: true }],
  ['a cluster, a frame at a time', { everyUpdate: false, isCluster: true }],
  ['a server that takes no batches', { capabilities: withoutBatches, everyUpdate: true }],
  ['a server without extensions', { capabilities: [], everyUpdate: true }],
  ['a server without extensions, a frame at a time', { capabilities: [], everyUpdate: false }],
]

it.each(settings)(
  '%s: a page shows the state of the server after any history, and leaves nothing behind',
  async (_, setting) => {
    const uncaught = catchUncaught()
    const chances = fc.double({ min: 0.2, max: 0.99, noNaN: true })
    await fc.assert(
      fc.asyncProperty(steps, chances, async (history, chance) => {
        const page = openPage(setting, chance)
        for (const step of history) {
          await act(page, step)
          page.count()
        }
        await calmDown(page)
        for (const screen of page.screens) if (screen.stop) expectCurrent(page, screen)
        expectSettledResults(page)
        expectOneRunPerIntent(page)
        expectFewRequests(page)
        await leaveAll(page)
        // The watched job keeps the stream. A server without extensions keeps all registrations of
        // a stream, and one of a cluster those whose end was lost between two servers.
        if (page.hasExtensions && !history.some(losesForwards) && !mayMissEnds(page)) {
          expect(page.gateway.registrations()).toEqual(['job:kept'])
        }
        await expectNothingLeft(page)
        expect(page.toldTooEarly()).toBe(0)
        expect(await uncaught()).toEqual([])
      }),
      { numRuns, seed },
    )
  },
  300_000,
)

const losesForwards = ({ name }: Step): boolean => name === 'forwardLost'

/** Only its own server knows a session that was opened with GET, as the third attempt is. */
const mayMissEnds = ({ cluster, gateway }: Page): boolean =>
  cluster !== null && gateway.requests.some(({ method, path }) => method + path === 'GET/events')

/** Restores the network, the server and the client, then waits for two minutes. */
async function calmDown(page: Page): Promise<void> {
  const { client, cluster, gateway } = page
  await page.settled()
  page.reactions.length = 0
  page.recover()
  gateway.lose(() => false)
  gateway.goOnline()
  gateway.goFresh()
  cluster?.setFate('now')
  cluster?.handOver()
  client.resume('test')
  client.resume()
  if (client.connection.getSnapshot().status === 'closed') client.reconnectNow()
  for (let second = 1; second <= 120; second += 1) {
    await page.advance(1_000)
    page.count()
    if (second % 10 === 0) gateway.ping()
  }
}

/** Expects the state of the server, or a refusal. */
function expectCurrent(page: Page, screen: Screen): void {
  const view = screen.handle.getSnapshot()
  if (view.sync.status === 'refused') return
  if (screen.kind === 'query') {
    expect(view).toMatchObject({
      data: `row ${page.server.rows}`,
      loading: false,
      error: null,
      stale: false,
      sync: { status: 'live' },
    })
    return
  }
  const { status, phase, isDone } = screen.handle.getSnapshot()
  const id = idOf(screen.handle)
  if (id === '') {
    expect(['idle', 'failed']).toContain(phase)
    return
  }
  expect(status).toBe(findRun(page, id)?.status)
  if (!isDone) expect(view).toMatchObject({ sync: { status: 'live', reason: null } })
}

/** Expects that no result of an ended run is pending. */
function expectSettledResults({ results }: Page): void {
  const waiting = results.filter(
    ({ handle, isSettled }) => handle.getSnapshot().isDone && !isSettled,
  )
  expect(waiting).toEqual([])
}

/** Expects one run per idempotency key, if the server supports keys. */
function expectOneRunPerIntent(page: Page): void {
  if (!page.hasExtensions) return
  const keys = page.gateway.requests
    .filter(({ path }) => path.startsWith('/rpc/export_users') || path.startsWith('/rpc/verify'))
    .map(({ headers }) => headers.get('x-idempotency-key'))
  const ids = Array.from({ length: 40 }, (_, at) => [`job-${at + 1}`, `workflow-${at + 1}`]).flat()
  const started = ids.filter((id) => findRun(page, id)).length - page.jobIds.length - 1
  expect(started).toBeLessThanOrEqual(new Set(keys).size)
}

function expectFewRequests({ requestsBySecond }: Page): void {
  expect(Math.max(...requestsBySecond.values())).toBeLessThan(60)
}

/** Opens one more screen, closes all others, and waits for two minutes. */
async function leaveAll({ client, screens, leave, advance, gateway }: Page): Promise<void> {
  client
    .attach(exportUsers, gateway.createJob({ job_id: 'kept' }).job_id)
    .subscribe(() => undefined)
  for (const screen of screens) {
    leave(screen)
    screen.handle.unsubscribe()
  }
  for (let second = 0; second < 120; second += 10) {
    await advance(10_000)
    gateway.ping()
  }
}

async function expectNothingLeft({ client, gateway, settled, timers }: Page): Promise<void> {
  client.close()
  await settled()
  expect(gateway.openStreams()).toBe(0)
  expect(timers()).toBe(0)
}
