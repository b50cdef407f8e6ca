import {
  defineJob,
  defineQuery,
  defineWorkflow,
  type JobHandle,
  type QueryHandle,
  type WorkflowHandle,
} from '../../src/index.ts'
import type { FakeGatewayOptions, FakeRun } from '../../src/testing/index.ts'
import { jwt } from './jwt.ts'
import { createStorage } from './storage.ts'
import { createTimedClient } from './timers.ts'

export const exportUsers = defineJob<unknown, string>('export_users')
export const verify = defineWorkflow<unknown, string>('verify')
export const listUsers = defineQuery<unknown, string>('list_users')

const maxScreens = 12

/** A run that is shown, of either kind. */
export type Run = JobHandle<string> | WorkflowHandle<string>

/** What of a page shows one run or one query; `stop` while it watches. */
export type Screen =
  | { kind: 'run'; handle: Run; stop: (() => void) | null }
  | { kind: 'query'; handle: QueryHandle<string>; stop: (() => void) | null }

/** A server of some kind, and how often the page shows updates. */
export interface Setting {
  capabilities?: NonNullable<FakeGatewayOptions['capabilities']>
  everyUpdate: boolean
}

export type Page = ReturnType<typeof openPage>

/** A client with screens that come, go, and act when they are told of something. */
export function openPage({ capabilities, everyUpdate }: Setting, chance: number) {
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
    },
  )
  const { gateway } = fake
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
    screens,
    reactions,
    results,
    requestsBySecond,
    hasExtensions: capabilities?.length !== 0,
    /** Runs that are there without a start of this page. */
    jobIds: [gateway.createJob().job_id, gateway.createJob().job_id] as const,
    workflowId: gateway.createWorkflow().workflow_id,
    toldTooEarly: () => toldTooEarly,
    /** Shows a run, while there is room. */
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
    /** The server's answers wait until it is well again. */
    hang: () => new Promise<undefined>((resolve) => unanswered.push(() => resolve(undefined))),
    /** From now on the server answers. */
    recover(): void {
      gateway.intercept(() => undefined)
      for (const answer of unanswered.splice(0)) answer()
    },
    /** Counts the requests since it was called last as those of this second. */
    count(): void {
      const second = Math.floor(fake.elapsed() / 1_000)
      const before = requestsBySecond.get(second) ?? 0
      requestsBySecond.set(second, before + gateway.requests.length - counted)
      counted = gateway.requests.length
    },
  }
}

/** The id of the run that a screen shows; none while there is no run. */
export function idOf(handle: Run): string {
  const view = handle.getSnapshot()
  return 'jobId' in view ? view.jobId : view.workflowId
}

/** The server's run of this id, if it has one. */
export function findRun({ gateway }: Page, id: string): FakeRun | undefined {
  try {
    return gateway.run(id)
  } catch {
    return undefined
  }
}
