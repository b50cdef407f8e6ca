import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  LogLost,
  NotKept,
  type StepLog,
  type WorkflowEngine,
  type WorkflowRuntime,
} from './workflow-engine.ts'

const logger = pino({ level: 'silent' })

/** The promises of every workflow engine. */
export function workflowEngineContract(
  name: string,
  createEngine: () => Promise<[WorkflowEngine, string]>,
): void {
  describe(`workflow engine contract: ${name}`, () => {
    let engine: WorkflowEngine
    let database: string
    let runtime: WorkflowRuntime

    const start = () => engine.start(database, randomUUID(), logger)
    /** Records values under the keys 0, 1, … of a new log. */
    const record = async (...values: unknown[]): Promise<string> => {
      const id = randomUUID()
      await runtime.run(id, async (log) => {
        for (const [key, value] of values.entries()) await log.record(`${key}`, async () => value)
      })
      return id
    }

    beforeAll(async () => {
      ;[engine, database] = await createEngine()
      runtime = await start()
    })
    afterAll(() => runtime?.close())

    it('gives what was recorded, and reads it back as it was', async () => {
      const values = [
        { at: new Date(0), rows: [1, null] },
        'ä€😀 \0',
        undefined,
        'x'.repeat(1_000_000),
      ]
      const id = randomUUID()
      const given: unknown[] = []
      await runtime.run(id, async (log) => {
        for (const [key, value] of values.entries()) {
          given.push(await log.record(`${key}`, async () => value))
        }
      })
      expect(given).toEqual(values)
      const read = await runtime.read(id)
      expect([...read.keys()].sort()).toEqual(['0', '1', '2', '3'])
      expect(values.map((_, key) => read.get(`${key}`))).toEqual(values)
    })

    it('remembers nothing of what throws, and passes it on', async () => {
      const id = randomUUID()
      const error = new TypeError('no')
      const running = runtime.run(id, async (log) => {
        await log.record('a', async () => 1)
        await log.record('b', () => Promise.reject(error))
      })
      await expect(running).rejects.toBe(error)
      expect([...(await runtime.read(id))]).toEqual([['a', 1]])
    })

    it('says of a value that it cannot be written down, and goes on', async () => {
      const id = randomUUID()
      const toJSON = (): never => {
        throw new Error('no')
      }
      await runtime.run(id, async (log) => {
        await expect(log.record('a', async () => ({ toJSON }))).rejects.toBeInstanceOf(NotKept)
        await log.record('a', async () => 'instead')
        await log.record('b', async () => 2)
      })
      expect([...(await runtime.read(id))]).toEqual([
        ['a', 'instead'],
        ['b', 2],
      ])
    })

    it('records side by side', async () => {
      const id = randomUUID()
      await runtime.run(id, async (log) => {
        const all = Array.from({ length: 20 }, (_, key) => log.record(`${key}`, async () => key))
        expect(await Promise.all(all)).toEqual([...all.keys()])
      })
      expect((await runtime.read(id)).size).toBe(20)
    })

    it('keeps logs apart, any number at the same time', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, (_, index) => record(index)))
      const read = await Promise.all(ids.map((id) => runtime.read(id)))
      expect(read.map((records) => records.get('0'))).toEqual([...ids.keys()])
    })

    it('takes nothing more in a log that was sealed, and keeps what is in it', async () => {
      const id = randomUUID()
      let begin = (): void => undefined
      let goOn = (): void => undefined
      const began = new Promise<void>((resolve) => (begin = resolve))
      const sealed = new Promise<void>((resolve) => (goOn = resolve))
      const running = runtime.run(id, async (log: StepLog) => {
        await log.record('a', async () => 1)
        begin()
        await sealed
        await log.record('b', async () => 2)
      })
      await began
      await runtime.seal(id)
      goOn()
      await expect(running).rejects.toBeInstanceOf(LogLost)
      expect([...(await runtime.read(id))]).toEqual([['a', 1]])
    })

    it('nothing is in a log that nobody has used, and it can be sealed', async () => {
      const id = randomUUID()
      await runtime.seal(id)
      expect((await runtime.read(id)).size).toBe(0)
    })

    it('another one, started later, reads what this one has recorded', async () => {
      const id = await record('kept')
      await runtime.close()
      runtime = await start()
      expect((await runtime.read(id)).get('0')).toBe('kept')
    })

    it('forgets logs, and no others', async () => {
      const pool = new pg.Pool({ connectionString: database || undefined })
      const [removed, kept] = [await record('a'), await record('b')]
      await engine.forget?.(pool, [removed])
      await pool.end()
      expect([await runtime.read(removed), await runtime.read(kept)]).toEqual([
        new Map(),
        new Map([['0', 'b']]),
      ])
    })
  })
}
