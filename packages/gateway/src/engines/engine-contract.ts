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

    it.each([1, 2])(
      'what is postponed is delivered again, and is no attempt: %i may be made',
      async (attempts) => {
        const postponements = 3
        verdict = ({ name }) => {
          if (name === 'last') return done
          return taken.length <= postponements ? { type: 'postponed', delayMs: 5 } : failed(false)
        }
        const id = await enqueue({ attempts })
        await work()
        await expect.poll(takenIds).toHaveLength(postponements + attempts)
        await allTaken()
        expect(takenIds()).toEqual(Array.from({ length: postponements + attempts }, () => id))
        const isLast = taken.filter((task) => task.id === id).map((task) => task.isLastAttempt)
        const first = Array.from({ length: postponements }, () => attempts === 1)
        expect(isLast).toEqual([...first, ...(attempts === 1 ? [true] : [false, true])])
      },
    )

    it('what is postponed keeps nothing behind it from being taken', async () => {
      verdict = ({ name }) => (name === 'unknown' ? { type: 'postponed', delayMs: 60_000 } : done)
      const unknown = [await enqueue({ name: 'unknown' }), await enqueue({ name: 'unknown' })]
      const known = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([...unknown, known])
      expect(await connection.statesOf(unknown)).toEqual(['waiting', 'waiting'])
      for (const id of unknown) await connection.remove(id)
    })

    it('knows what waits, is active, has ended, and what it does not know', async () => {
      const ids = [
        await enqueue({ name: 'fails' }),
        await enqueue({ name: 'is done' }),
        await enqueue({ name: 'lasts' }),
        await enqueue(),
        await enqueue({ priority: 1 }),
        await enqueue({ delayMs: 60_000 }),
        randomUUID(),
      ]
      expect(await connection.statesOf(ids)).toEqual([
        ...Array.from({ length: 6 }, () => 'waiting'),
        'unknown',
      ])
      let finish = (_: Verdict): void => undefined
      verdict = ({ name }) => {
        if (name === 'fails') return failed(true)
        if (name === 'lasts') return new Promise((resolve) => (finish = resolve))
        return done
      }
      await work()
      await expect.poll(() => taken.map(({ name }) => name)).toContain('lasts')
      expect(await connection.statesOf(ids.toReversed())).toEqual(
        ['ended', 'ended', 'active', 'waiting', 'waiting', 'waiting', 'unknown'].toReversed(),
      )
      expect(await connection.statesOf([])).toEqual([])
      for (const id of ids.slice(3)) await connection.remove(id)
      finish(done)
      const [, , lasts = ''] = ids
      await expect.poll(() => connection.statesOf([lasts])).toEqual(['ended'])
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
