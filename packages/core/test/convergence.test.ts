import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import type { JobSnapshot } from '../src/protocol/index.ts'
import { createFakeTime } from '../src/testing/fake-time.ts'
import { createFakeGateway, failure } from '../src/testing/index.ts'
import { createChoices, createCluster, type Fate } from './support/cluster.ts'
import { inBatches } from './support/in-batches.ts'

/** A release runs more. Each run is a whole client with its connection. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 60)
const seed = Number(process.env.HEADWAY_SEED ?? Date.now() & 0x7fffffff)
const exportUsers = defineJob<null, string>('export_users')

type Step =
  | { type: 'update'; job: number; status: string; progress: number }
  | { type: 'watch' | 'leave'; job: number }
  | { type: 'drop' | 'offline' | 'online' | 'pause' | 'resume' | 'busy' | 'forgetful' | 'fine' }
  /** One of the next answers is lost after the server has handled the request. */
  | { type: 'lose'; after: number }
  /** What becomes of requests at the wrong server of a cluster, from now on. */
  | { type: 'forward'; fate: Fate }
  | { type: 'handOver' }
  | { type: 'kill'; server: number; isSilent: boolean }
  /** The time of day jumps. */
  | { type: 'set'; byMs: number }
  | { type: 'wait'; ms: number }

const job = fc.nat(3)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('update' as const),
        job,
        status: fc.constantFrom('running', 'running', 'running', 'retry', 'completed', 'failed'),
        progress: fc.nat(100),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('watch', 'leave'), job }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constantFrom(
          'drop',
          'offline',
          'online',
          'pause',
          'resume',
          'busy',
          'forgetful',
          'fine',
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ type: fc.constant('lose' as const), after: fc.nat(3) }),
    },
    {
      weight: 2,
      arbitrary: fc.oneof(
        fc.record({
          type: fc.constant('forward' as const),
          fate: fc.constantFrom('now', 'late', 'lost'),
        }),
        fc.record({ type: fc.constant('handOver' as const) }),
        fc.record({
          type: fc.constant('kill' as const),
          server: fc.nat(2),
          isSilent: fc.boolean(),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('set' as const),
        byMs: fc.constantFrom(3_600_000, -3_600_000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        ms: fc.constantFrom(0, 1, 20, 1_500, 30_000),
      }),
    },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)

it.each([
  ['a server with all extensions', undefined, false],
  ['a server that takes no items in its stream', inBatches, false],
  ['a server that takes no batches', ['revisions', 'unsubscribe'] as const, false],
  ['a server without extensions', [] as const, false],
  ['a cluster', undefined, true],
])(
  '%s: every screen ends on the server’s state after any trouble',
  async (_, capabilities, isCluster) => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (happened, first) => {
        const gateway = createFakeGateway(capabilities ? { capabilities } : {})
        const cluster = isCluster ? createCluster(gateway, createChoices(first)) : null
        const { scheduler, advance } = createFakeTime()
        let setByMs = 0
        const client = createClient({
          url: 'http://fake',
          fetch: (cluster ?? gateway).fetch,
          random: () => 0.3,
          scheduler: {
            now: () => scheduler.now() + setByMs,
            schedule: scheduler.schedule.bind(scheduler),
          },
        })
        const isRevised = capabilities?.length !== 0
        const jobs = [0, 1, 2].map(() => gateway.createJob().job_id)
        // Two screens show this first job.
        const ids = [...jobs, jobs[0] ?? '']
        const handles = ids.map((id) => client.attach(exportUsers, id))
        const leave: (() => void)[] = []
        const seen = new Map<number, number>()
        // A handle without subscribers shows the state that other handles follow.
        const expectNoStepBack = (index: number): void => {
          const view = handles[index]?.getSnapshot()
          expect(view?.revision ?? 0).toBeGreaterThanOrEqual(seen.get(index) ?? 0)
          seen.set(index, view?.revision ?? 0)
        }
        const watch = (index: number): void => {
          leave[index] ??=
            handles[index]?.subscribe(() => expectNoStepBack(index)) ?? (() => undefined)
        }
        const act = async (step: Step): Promise<void> => {
          switch (step.type) {
            case 'update': {
              const id = ids[step.job] ?? ''
              // Only a server with revisions can show that an ended run starts again.
              const isEnded = ['completed', 'failed'].includes(gateway.run(id).status)
              const { status, progress } = step
              if (isRevised || !isEnded)
                gateway.update(id, { status, progress } as Partial<JobSnapshot>)
              return
            }
            case 'watch':
              return watch(step.job)
            case 'leave':
              leave[step.job]?.()
              delete leave[step.job]
              return
            case 'drop':
              return gateway.drop()
            case 'offline':
              return gateway.goOffline()
            case 'online':
              return gateway.goOnline()
            case 'pause':
              return client.pause('test')
            case 'resume':
              return client.resume('test')
            case 'busy':
              return gateway.intercept(() => failure(503, 'SERVICE_UNAVAILABLE', 'later'))
            case 'forgetful':
              return gateway.intercept(({ path }) =>
                path.startsWith('/subscribe')
                  ? failure(404, 'SESSION_NOT_FOUND', 'no such session')
                  : undefined,
              )
            case 'fine':
              return gateway.intercept(() => undefined)
            case 'lose': {
              let left = step.after
              return gateway.lose(() => left-- === 0)
            }
            case 'forward':
              return cluster?.setFate(step.fate)
            case 'handOver':
              return cluster?.handOver()
            case 'kill':
              return cluster?.kill(step.server, step.isSilent)
            case 'set':
              setByMs += step.byMs
              return
            case 'wait':
              return advance(step.ms)
          }
        }
        for (const step of happened) {
          await act(step)
          for (const index of ids.keys()) expectNoStepBack(index)
        }
        gateway.intercept(() => undefined)
        gateway.lose(() => false)
        gateway.goOnline()
        cluster?.setFate('now')
        cluster?.handOver()
        client.resume('test')
        for (const index of ids.keys()) watch(index)
        // Longer than the longest wait (a minute with a session budget), and than a quiet re-read
        // without revisions, or than a lost forward.
        for (let round = 0; round < (isCluster ? 12 : isRevised ? 4 : 8); round += 1) {
          await advance(14_000)
          gateway.ping()
        }
        for (const [index, id] of ids.entries()) {
          const view = handles[index]?.getSnapshot()
          const run = gateway.run(id) as JobSnapshot
          if (view?.isDone && isRevised) continue
          expect(view).toMatchObject({ status: run.status, progress: run.progress })
          if (!view?.isDone) expect(view?.sync).toMatchObject({ status: 'live', reason: null })
        }
        client.close()
        expect(gateway.openStreams()).toBe(0)
      }),
      { numRuns, seed },
    )
  },
)
