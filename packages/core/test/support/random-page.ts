import {
  defineJob,
  defineQuery,
  defineWorkflow,
  type JobHandle,
  type QueryHandle,
  type WorkflowHandle,
} from '../../src/index.ts'
import type { FakeGatewayOptions, FakeRun } from '../../src/testing/index.ts'
import { createChoices, createCluster } from './cluster.ts'
import { jwt } from './jwt.ts'
import { createStorage } from './storage.ts'
import { createTimedClient } from './timers.ts'

export const exportUsers = defineJob<unknown, string>('export_users')
export const verify = defineWorkflow<unknown, string>('verify')
export const listUsers = defineQuery<unknown, string>('list_users')

const maxScreens = 12

/** A job or a workflow. */
export type Run = JobHandle<string> | WorkflowHandle<string>

/** A part of a page that shows one run or one query. `stop` is set while it watches. */
export type Screen =
  | { kind: 'run'; handle: Run; stop: (() => void) | null }
  | { kind: 'query'; handle: QueryHandle<string>; stop: (() => void) | null }

/** The capabilities of the server, whether it is one of several, and the client's `everyUpdate`. */
export interface Setting {
  isCluster?: boolean
  capabilities?: NonNullable<FakeGatewayOptions['capabilities']>
  everyUpdate: boolean
}

export type Page = ReturnType<typeof openPage>

/** A client with screens that open, close, and act when their view changes. */
export function openPage({ capabilities, everyUpdate, isCluster }: Setting, chance: number) {
  const server = { rows: 0, user: 'alice', tokens: 0 }
  const fake = createTimedClient(
    {
      ...(capabilities && { capabilities }),
      workflows: ['verify'],
      queries: { list_users: () => `row ${server.rows}` },
    },
    {
      everyUpdate,
      random: () => chance,
      storage: createStorage(),
      token: () => jwt({ sub: server.user, jti: server.tokens }),
      fetch: (input, init) => (cluster ?? gateway).fetch(input, init),
    },
  )
  const { gateway } = fake
  const cluster = isCluster ? createCluster(gateway, createChoices(chance * 1_000_000)) : null
  const screens: Screen[] = []
  const reactions: ((screen: Screen) => void)[] = []
  const unanswered: (() => void)[] = []
  const results: { handle: Run; isSettled: boolean }[] = []
  const requestsBySecond = new Map<number, number>()
  let counted = 0
  let isSubscribing = false
  let toldTooEarly = 0

  return {
    ...fake,
    server,
    cluster,
    screens,
    reactions,
    results,
    requestsBySecond,
    hasExtensions: capabilities?.length !== 0,
    /** Runs that this page has not started. */
    jobIds: [gateway.createJob().job_id, gateway.createJob().job_id] as const,
    workflowId: gateway.createWorkflow().workflow_id,
    toldTooEarly: () => toldTooEarly,
    /** Opens a screen for a run, up to the limit. */
    showRun(open: () => Run): void {
      if (screens.length < maxScreens) screens.push({ kind: 'run', handle: open(), stop: null })
    },
    showQuery(open: () => QueryHandle<string>): void {
      if (screens.length < maxScreens) screens.push({ kind: 'query', handle: open(), stop: null })
    },
    watch(screen: Screen): void {
      if (screen.stop) return
      isSubscribing = true
      screen.stop = screen.handle.subscribe(() => {
        if (isSubscribing) toldTooEarly += 1
        reactions.shift()?.(screen)
      })
      isSubscribing = false
    },
    leave(screen: Screen): void {
      screen.stop?.()
      screen.stop = null
    },
    awaitResult(handle: Run): void {
      const result = { handle, isSettled: false }
      const settle = (): void => {
        result.isSettled = true
      }
      results.push(result)
      handle.result.then(settle, settle)
    },
    /** Delays the answers of the server until `recover()`. */
    hang: () => new Promise<undefined>((resolve) => unanswered.push(() => resolve(undefined))),
    /** Sends the delayed answers, and answers all later requests. */
    recover(): void {
      gateway.intercept(() => undefined)
      for (const answer of unanswered.splice(0)) answer()
    },
    /** Adds the requests since the last call to the count of this second. */
    count(): void {
      const second = Math.floor(fake.elapsed() / 1_000)
      const before = requestsBySecond.get(second) ?? 0
      requestsBySecond.set(second, before + gateway.requests.length - counted)
      counted = gateway.requests.length
    },
  }
}

/** The id of the run of a handle; empty without a run. */
export function idOf(handle: Run): string {
  const view = handle.getSnapshot()
  return 'jobId' in view ? view.jobId : view.workflowId
}

/** The run with this id at the server, if there is one. */
export function findRun({ gateway }: Page, id: string): FakeRun | undefined {
  try {
    return gateway.run(id)
  } catch {
    return undefined
  }
}
