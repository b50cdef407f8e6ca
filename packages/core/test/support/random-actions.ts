import fc from 'fast-check'
import { isRecord } from '../../src/protocol/json.ts'
import { hasEnded } from '../../src/testing/fake-runs.ts'
import { type FakeGateway, failure } from '../../src/testing/index.ts'
import {
  exportUsers,
  findRun,
  idOf,
  listUsers,
  type Page,
  type Screen,
  verify,
} from './random-page.ts'
import { quietly, reactions, unsubscribe } from './random-reactions.ts'

/** Something that happens to a page; the number says to what of it, and how. */
type Act = (page: Page, n: number) => unknown

/** A screen opens. */
const openings: Record<string, Act> = {
  start: ({ showRun, client }, n) =>
    showRun(() => (n % 2 === 1 ? client.start(exportUsers, { n }) : client.start(verify, { n }))),
  startLazy: ({ showRun, client }, n) =>
    showRun(() => client.start(exportUsers, { n }, { lazy: true })),
  attach: ({ showRun, client, jobIds, workflowId }, n) =>
    showRun(() => {
      const jobId = jobIds[n % 3]
      return jobId ? client.attach(exportUsers, jobId) : client.attach(verify, workflowId)
    }),
  watchQuery: ({ showQuery, client }, n) => showQuery(() => client.watch(listUsers, { n: n % 2 })),
  ready: onScreen((_, { handle }) => quietly(handle.ready())),
  result: onScreen((page, screen) => screen.kind === 'run' && page.awaitResult(screen.handle)),
}

/** A screen is used, or what it shows changes. */
const uses: Record<string, Act> = {
  watch: onScreen(({ watch }, screen) => watch(screen)),
  leave: onScreen(({ leave }, screen) => leave(screen)),
  unsubscribe: onScreen(unsubscribe),
  retry: onScreen((_, { kind, handle }) => kind === 'run' && quietly(handle.retry())),
  cancel: onScreen((_, { kind, handle }) => kind === 'run' && quietly(handle.cancel())),
  refetch: onScreen((_, { kind, handle }) => kind === 'query' && handle.refetch()),
  retryStart: onScreen((_, { kind, handle }) => kind === 'run' && quietly(handle.retryStart())),
  end: onRun(({ gateway }, id, n) =>
    gateway.update(
      id,
      n % 2 === 1
        ? { status: 'completed', output: 'done', error: null }
        : { status: 'failed', output: null, error: 'disk full' },
    ),
  ),
  progress: onRun(({ gateway }, id, progress) =>
    gateway.update(id, { status: 'running', progress }),
  ),
  // With revisions no change is without its push.
  progressSilently: onRun(({ gateway, hasExtensions }, id, progress) =>
    gateway[hasExtensions ? 'update' : 'updateSilently'](id, { status: 'running', progress }),
  ),
  change: ({ gateway, server }) => {
    server.rows += 1
    gateway.changed('list_users')
  },
}

/** Something happens to the page, its network or its server. */
const events: Record<string, Act> = {
  drop: ({ gateway }, n) => gateway.drop(n % 2 === 1 ? new TypeError('cut') : undefined),
  goOffline: ({ gateway }) => gateway.goOffline(),
  goOnline: ({ gateway }) => gateway.goOnline(),
  goStale: ({ gateway }) => gateway.goStale(),
  goFresh: ({ gateway }) => gateway.goFresh(),
  pause: ({ client }) => client.pause('test'),
  resume: ({ client }) => client.resume('test'),
  renew: ({ client, server }, n) => {
    server.tokens += 1
    if (n % 2 === 1) quietly(client.tokenChanged())
  },
  changeUser: ({ client, server }, n) => {
    server.user = server.user === 'alice' ? 'bob' : 'alice'
    if (n % 2 === 1) quietly(client.tokenChanged())
  },
  reconnect: ({ client }) => client.reconnectNow(),
  closeAndOpen: async ({ client, reactions, settled, timers }) => {
    // A listener that is told of the end must not open it again at once.
    reactions.length = 0
    client.close()
    await settled()
    if (timers() > 0) throw new Error(`close() leaves ${timers()} timers`)
    client.reconnectNow()
  },
  busy: ({ gateway }, n) =>
    gateway.intercept(() =>
      failure(503, 'SERVICE_UNAVAILABLE', 'later', n % 2 === 1 ? { 'retry-after': '7' } : {}),
    ),
  forbid: ({ gateway }, n) =>
    gateway.intercept(({ path }) => {
      if (!path.startsWith('/subscribe')) return undefined
      return n % 2 === 1
        ? failure(403, 'FORBIDDEN', 'not yours')
        : failure(404, 'SESSION_NOT_FOUND', 'no such session')
    }),
  hang: ({ gateway, hang }) =>
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') || path.startsWith('/rpc') ? hang() : undefined,
    ),
  proxy: ({ gateway }) =>
    gateway.intercept(({ path }) =>
      path === '/events' ? new Promise(() => undefined) : undefined,
    ),
  overtake: ({ gateway }, n) => {
    let left = n
    gateway.intercept(({ path, body }) => {
      if (!path.startsWith('/subscribe') || left === 0) return undefined
      left -= 1
      const items = Array.isArray(body.items) ? body.items.filter(isRecord) : [body]
      for (const { id, job_id = id } of items) tellTrouble(gateway, `job:${job_id}`, n % 2 === 1)
      return undefined
    })
  },
  recover: ({ recover }) => recover(),
  lose: ({ gateway }, n) => {
    let left = n
    gateway.lose(
      ({ path }) => /^\/(rpc|events$|health$|subscribe|jobs|workflows)/.test(path) && left-- > 0,
    )
  },
  loseNothing: ({ gateway }) => gateway.lose(() => false),
  forwardNow: ({ cluster }) => cluster?.setFate('now'),
  forwardLate: ({ cluster }) => cluster?.setFate('late'),
  forwardLost: ({ cluster }) => cluster?.setFate('lost'),
  handOver: ({ cluster }) => cluster?.handOver(),
  kill: ({ cluster }, n) => cluster?.kill(n, n % 2 === 1),
  setClock: ({ setClock }, n) => setClock(n % 2 === 1 ? 3_600_000 : -3_600_000),
  gap: onRun(({ gateway }, id) => tellTrouble(gateway, `job:${id}`, true)),
  error: onRun(({ gateway }, id) => tellTrouble(gateway, `job:${id}`, false)),
  react: (page, n) => {
    const react = reactions[n]
    if (react) page.reactions.push((screen) => react(page, screen))
  },
}

const wait: Act = async ({ advance, count }, ms) => {
  for (let passed = 0; passed <= ms; passed += 1_000) {
    await advance(Math.min(1_000, ms - passed))
    count()
  }
}

const actions = new Map(Object.entries({ ...openings, ...uses, ...events, wait }))

/** One action, and the number it is done with. */
export interface Step {
  name: string
  n: number
}

const n = fc.nat(11)
const stepOf = (names: string[], arbitrary = n): fc.Arbitrary<Step> =>
  fc.record({ name: fc.constantFrom(...names), n: arbitrary })

/** What may happen in the life of a page, in any order. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: stepOf(Object.keys(openings)) },
    { weight: 5, arbitrary: stepOf(Object.keys(uses)) },
    // A listener acts as often as three of the others happen.
    { weight: 3, arbitrary: stepOf([...Object.keys(events), 'react', 'react']) },
    {
      weight: 4,
      arbitrary: stepOf(['wait'], fc.constantFrom(0, 1, 20, 900, 1_100, 3_000, 31_000)),
    },
  ),
  { minLength: 3, maxLength: 45, size: 'max' },
)

/** Lets it happen. */
export async function act(page: Page, { name, n }: Step): Promise<void> {
  await actions.get(name)?.(page, n)
}

/** Does it with one of the screens, if there is any. */
function onScreen(use: (page: Page, screen: Screen, n: number) => unknown): Act {
  return (page, n) => {
    const screen = page.screens[n % Math.max(1, page.screens.length)]
    return screen && use(page, screen, n)
  }
}

/** Does it with the run that a screen shows, while it goes on. */
function onRun(use: (page: Page, id: string, n: number) => unknown): Act {
  return onScreen((page, screen, n) => {
    if (screen.kind === 'query') return
    const id = idOf(screen.handle)
    const run = findRun(page, id)
    if (run && !hasEnded(run)) use(page, id, n)
  })
}

function tellTrouble({ send }: FakeGateway, target: string, isGap: boolean): void {
  send(isGap ? { type: 'gap', target } : { type: 'error', target, code: 'FAILED', message: 'oops' })
}
