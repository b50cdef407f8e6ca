import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Engine, TakenTask, Verdict } from './engine.ts'
import { useEngine } from './engine-test-bed.ts'

const done: Verdict = { type: 'done' }
const failed = (isFinal: boolean): Verdict => ({ type: 'failed', error: new Error('no'), isFinal })

/** The promises of every engine. Each test has an empty queue. */
export function engineContract(name: string, createEngine: () => Promise<[Engine, string]>): void {
  describe(`engine contract: ${name}`, () => {
    const { taken, connection, enqueue, work, close, decide, allTaken, takenIds } =
      useEngine(createEngine)

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
      decide(({ name }) => (name === 'last' ? done : failed(false)))
      const id = await enqueue({ attempts: 3 })
      await work()
      await expect.poll(takenIds).toEqual([id, id, id])
      await allTaken()
      expect(takenIds()).toHaveLength(3)
      const isLast = taken.filter((task) => task.id === id).map((task) => task.isLastAttempt)
      expect(isLast).toEqual([false, false, true])
    })

    it('what fails for good is not tried again', async () => {
      decide(() => failed(true))
      const id = await enqueue({ attempts: 3 })
      await work()
      await allTaken()
      expect(takenIds()).toEqual([id])
    })

    it.each([1, 2])(
      'what is postponed is delivered again, and is no attempt: %i may be made',
      async (attempts) => {
        const postponements = 3
        decide(({ name }) => {
          if (name === 'last') return done
          return taken.length <= postponements ? { type: 'postponed', delayMs: 5.5 } : failed(false)
        })
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
      decide(({ name }) => (name === 'unknown' ? { type: 'postponed', delayMs: 60_000 } : done))
      const unknown = [await enqueue({ name: 'unknown' }), await enqueue({ name: 'unknown' })]
      const known = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([...unknown, known])
      expect(await connection().statesOf(unknown)).toEqual(['waiting', 'waiting'])
      for (const id of unknown) await connection().remove(id)
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
      expect(await connection().statesOf(ids)).toEqual([
        ...Array.from({ length: 6 }, () => 'waiting'),
        'unknown',
      ])
      let finish = (_: Verdict): void => undefined
      decide(({ name }) => {
        if (name === 'fails') return failed(true)
        if (name === 'lasts') return new Promise((resolve) => (finish = resolve))
        return done
      })
      await work()
      await expect.poll(() => taken.map(({ name }) => name)).toContain('lasts')
      expect(await connection().statesOf(ids.toReversed())).toEqual(
        ['ended', 'ended', 'active', 'waiting', 'waiting', 'waiting', 'unknown'].toReversed(),
      )
      expect(await connection().statesOf([])).toEqual([])
      for (const id of ids.slice(3)) await connection().remove(id)
      finish(done)
      const [, , lasts = ''] = ids
      await expect.poll(() => connection().statesOf([lasts])).toEqual(['ended'])
    })

    it('takes those without a priority first, then 1 before 2, each in the order in which they came', async () => {
      const [second, first] = [await enqueue({ priority: 2 }), await enqueue({ priority: 1 })]
      const [zero, also] = [await enqueue(), await enqueue()]
      await work()
      await expect.poll(takenIds).toEqual([zero, also, first, second])
    })

    it('what is delayed is taken later', async () => {
      const late = await enqueue({ delayMs: 300.5 })
      const now = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([now, late])
    })

    it('what was removed is not taken; removing what is not there is harmless', async () => {
      const [removed, delayed] = [await enqueue(), await enqueue({ delayMs: 50 })]
      await connection().remove(removed)
      await connection().remove(delayed)
      await connection().remove(randomUUID())
      const kept = await enqueue({ delayMs: 100 })
      await work()
      await expect.poll(takenIds).toEqual([kept])
    })

    it('runs no more at the same time than it was told to', async () => {
      const running = new Set<TakenTask>()
      let most = 0
      decide(async (task) => {
        running.add(task)
        most = Math.max(most, running.size)
        await expect.poll(() => running.size === 2 || taken.length === 6).toBe(true)
        running.delete(task)
        return done
      })
      for (let task = 0; task < 6; task += 1) await enqueue()
      await work(2)
      await expect.poll(takenIds).toHaveLength(6)
      expect(most).toBe(2)
    })

    it('waits, when it closes, for what it runs, and takes nothing more', async () => {
      let finish = (_: Verdict): void => undefined
      decide(() => new Promise((resolve) => (finish = resolve)))
      const id = await enqueue()
      await work()
      await expect.poll(takenIds).toEqual([id])
      let isClosed = false
      const closing = close()?.then(() => (isClosed = true))
      const next = await enqueue()
      expect(isClosed).toBe(false)
      finish(done)
      await closing
      expect(takenIds()).toEqual([id])
      decide(() => done)
      await work()
      await expect.poll(takenIds).toEqual([id, next])
    })

    it('knows the places of those that wait, in the order in which they are taken', async () => {
      const ids: string[] = []
      for (let index = 0; index < 30; index += 1) {
        // Every third has a priority; of those, every other one comes before the rest.
        ids.push(await enqueue({ priority: index % 3 === 0 ? 1 + (index % 2) : 0 }))
      }
      const delayed = await enqueue({ delayMs: 3_600_000 })
      const asked = [...ids, delayed, randomUUID()]
      const places = (await connection().positions?.(asked)) ?? new Map<string, number>()
      await work()
      await expect.poll(takenIds).toHaveLength(30)
      expect(places).toEqual(new Map(takenIds().map((id, index) => [id, index + 1])))
      expect(await connection().positions?.(asked)).toEqual(new Map())
      await connection().remove(delayed)
    })

    it('cleans tasks that have ended, and no others', async () => {
      const id = await enqueue()
      await work()
      await allTaken()
      await expect.poll(() => connection().statesOf([id])).toEqual(['ended'])
      await close()
      const waiting = await enqueue()
      await connection().clean?.(0)
      expect(await connection().statesOf([id, waiting])).toEqual(['unknown', 'waiting'])
      await connection().remove(waiting)
    })
  })
}
