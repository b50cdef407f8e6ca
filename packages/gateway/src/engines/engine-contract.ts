import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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
const failed = (isFinal: boolean): Verdict => ({ type: 'failed', error: new Error('no'), isFinal })

/** What every engine keeps to, whatever it is made of. Each test has a queue that is empty. */
export function engineContract(name: string, createEngine: () => Promise<[Engine, string]>): void {
  describe(`engine contract: ${name}`, () => {
    let connection: EngineConnection
    let worker: EngineWorker | undefined
    const taken: TakenTask[] = []
    let verdict: (task: TakenTask) => Verdict | Promise<Verdict> = () => done

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
    const work = async (concurrency = 1): Promise<void> => {
      const execute = async (task: TakenTask): Promise<Verdict> => {
        taken.push(task)
        return verdict(task)
      }
      worker = await connection.work({ concurrency }, { execute, abandoned: async () => undefined })
    }
    /** Until what was enqueued before has been taken: this comes last. */
    const allTaken = async (): Promise<void> => {
      const last = await enqueue({ name: 'last' })
      await expect.poll(() => taken.some(({ id }) => id === last)).toBe(true)
    }
    const takenIds = (): string[] =>
      taken.filter((task) => task.name !== 'last').map(({ id }) => id)

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

    it('hands a task over as it was enqueued', async () => {
      const args = { rows: [1, null, { deep: 'a\0b\ud800' }], text: 'ä€😀' }
      const runId = randomUUID()
      const id = await enqueue({ runId, args, attempts: 3 })
      await work()
      await expect.poll(() => taken).toHaveLength(1)
      const task = { id, runId, name: 'export_users', args, attempts: 3, isLastAttempt: false }
      expect(taken[0]).toEqual(task)
    })

    it('a task that is enqueued twice is one', async () => {
      const id = await enqueue()
      await enqueue({ id })
      await work()
      await allTaken()
      expect(takenIds()).toEqual([id])
    })

    it('what fails is tried again, as often as it may be, and says which is the last', async () => {
      verdict = ({ name }) => (name === 'last' ? done : failed(false))
      const id = await enqueue({ attempts: 3 })
      await work()
      await expect.poll(takenIds).toEqual([id, id, id])
      await allTaken()
      expect(takenIds()).toHaveLength(3)
      const isLast = taken.filter((task) => task.id === id).map((task) => task.isLastAttempt)
      expect(isLast).toEqual([false, false, true])
    })

    it('what fails for good is not tried again', async () => {
      verdict = () => failed(true)
      const id = await enqueue({ attempts: 3 })
      await work()
      await allTaken()
      expect(takenIds()).toEqual([id])
    })

    it('takes those without a priority first, then 1 before 2, each in the order in which they came', async () => {
      const [second, first] = [await enqueue({ priority: 2 }), await enqueue({ priority: 1 })]
      const [zero, also] = [await enqueue(), await enqueue()]
      await work()
      await expect.poll(takenIds).toEqual([zero, also, first, second])
    })

    it('what is delayed is taken later', async () => {
      const late = await enqueue({ delayMs: 300 })
      const now = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([now, late])
    })

    it('what was removed is not taken; removing what is not there is harmless', async () => {
      const [removed, delayed] = [await enqueue(), await enqueue({ delayMs: 50 })]
      await connection.remove(removed)
      await connection.remove(delayed)
      await connection.remove(randomUUID())
      const kept = await enqueue({ delayMs: 100 })
      await work()
      await expect.poll(takenIds).toEqual([kept])
    })

    it('runs no more at the same time than it was told to', async () => {
      const running = new Set<TakenTask>()
      let most = 0
      verdict = async (task) => {
        running.add(task)
        most = Math.max(most, running.size)
        await expect.poll(() => running.size === 2 || taken.length === 6).toBe(true)
        running.delete(task)
        return done
      }
      for (let task = 0; task < 6; task += 1) await enqueue()
      await work(2)
      await expect.poll(takenIds).toHaveLength(6)
      expect(most).toBe(2)
    })

    it('waits, when it closes, for what it runs, and takes nothing more', async () => {
      let finish = (_: Verdict): void => undefined
      verdict = () => new Promise((resolve) => (finish = resolve))
      const id = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([id])
      let isClosed = false
      const closing = worker?.close().then(() => (isClosed = true))
      const next = await enqueue()
      expect(isClosed).toBe(false)
      finish(done)
      await closing
      expect(takenIds()).toEqual([id])
      verdict = () => done
      await work()
      await expect.poll(takenIds).toEqual([id, next])
    })
  })
}
