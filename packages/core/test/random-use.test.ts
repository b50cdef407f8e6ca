import fc from 'fast-check'
import { expect, it } from 'vitest'
import { act, steps } from './support/random-actions.ts'
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

/* Whatever happens, in whatever order: a page ends on what the server has, asks little, and leaves nothing behind. */

/** More before a release; each run is a whole client with its connection. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 40)

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
  ['a server that takes no batches', { capabilities: withoutBatches, everyUpdate: true }],
  ['a server without extensions', { capabilities: [], everyUpdate: true }],
  ['a server without extensions, a frame at a time', { capabilities: [], everyUpdate: false }],
]

it.each(settings)(
  '%s: a page of any history shows what is so, and leaves nothing',
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
        // The one that stays keeps the stream, and with it what a server without extensions has registered.
        if (page.hasExtensions) expect(page.gateway.registrations()).toEqual(['job:kept'])
        await expectNothingLeft(page)
        expect(page.toldTooEarly()).toBe(0)
        expect(await uncaught()).toEqual([])
      }),
      { numRuns },
    )
  },
  300_000,
)

/** Nothing goes wrong any more, for two minutes. */
async function calmDown(page: Page): Promise<void> {
  const { client, gateway } = page
  await page.settled()
  page.reactions.length = 0
  page.recover()
  gateway.lose(() => false)
  gateway.goOnline()
  gateway.goFresh()
  client.resume('test')
  client.resume()
  if (client.connection.getSnapshot().status === 'closed') client.reconnectNow()
  for (let second = 1; second <= 120; second += 1) {
    await page.advance(1_000)
    page.count()
    if (second % 10 === 0) gateway.ping()
  }
}

/** It shows what the server has, or that the server refuses it. */
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

/** Nobody awaits the result of a run that is done. */
function expectSettledResults({ results }: Page): void {
  const waiting = results.filter(
    ({ handle, isSettled }) => handle.getSnapshot().isDone && !isSettled,
  )
  expect(waiting).toEqual([])
}

/** A start that was sent more than once is one run, where the server knows its key. */
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

/** Every screen goes but one that comes now, and two minutes pass. */
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
