import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type {
  Engine,
  EngineConnection,
  EngineWorker,
  NewTask,
  TakenTask,
  Verdict,
} from './engine.ts'

const logger = pino({ level: 'silent' })
const done: Verdict = { type: 'done' }

/** An engine, and a worker that notes the tasks it takes. */
export interface EngineTestBed {
  /** The tasks that were taken, in order. */
  readonly taken: TakenTask[]
  connection(): EngineConnection
  /** Adds a task and returns its id. */
  enqueue(options?: Partial<NewTask>): Promise<string>
  /** Starts the worker. */
  work(concurrency?: number): Promise<void>
  close(): Promise<void> | undefined
  /** Sets the verdict on the tasks that are taken from now on. */
  decide(verdict: (task: TakenTask) => Verdict | Promise<Verdict>): void
  /** Resolves when all tasks that were added before are taken: it adds one and waits for it. */
  allTaken(): Promise<void>
  takenIds(): string[]
}

/** Connects before all tests of a suite, and closes the worker after each. */
export function useEngine(createEngine: () => Promise<[Engine, string]>): EngineTestBed {
  let connection: EngineConnection
  let worker: EngineWorker | undefined
  let verdict: (task: TakenTask) => Verdict | Promise<Verdict> = () => done
  const taken: TakenTask[] = []

  const enqueue = async (options: Partial<NewTask> = {}): Promise<string> => {
    const id = options.id ?? randomUUID()
    await connection.enqueue({
      id,
      runId: randomUUID(),
      name: 'export_users',
      args: null,
      attempts: 1,
      backoff: { type: 'fixed', delayMs: 0 },
      priority: 0,
      delayMs: 0,
      ...options,
    })
    return id
  }
  beforeAll(async () => {
    const [engine, database] = await createEngine()
    connection = await engine.connect(database, logger)
  })
  afterEach(async () => {
    await worker?.close()
    worker = undefined
    taken.length = 0
    verdict = () => done
  })
  afterAll(() => connection?.close())

  return {
    taken,
    connection: () => connection,
    enqueue,
    async work(concurrency = 1) {
      const execute = async (task: TakenTask): Promise<Verdict> => {
        taken.push(task)
        return verdict(task)
      }
      worker = await connection.work({ concurrency }, { execute, abandoned: async () => undefined })
    },
    close: () => worker?.close(),
    decide(next) {
      verdict = next
    },
    async allTaken() {
      const last = await enqueue({ name: 'last' })
      await expect.poll(() => taken.some(({ id }) => id === last)).toBe(true)
    },
    takenIds: () => taken.filter((task) => task.name !== 'last').map(({ id }) => id),
  }
}
