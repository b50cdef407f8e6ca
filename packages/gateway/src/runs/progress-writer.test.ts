import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createProgressWriter } from './progress-writer.ts'
import { uncounted } from './report.ts'

const quiet = pino({ level: 'silent' })
const at = (percent: number) => ({ attempt: 1, percent, message: null, ...uncounted })

/** A writer over a database that answers when it is told to. */
function writerOverSlowDatabase() {
  const statements: unknown[][] = []
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
  const pool = {
    query: (_text: string, values: unknown[]) =>
      new Promise<void>((resolve, reject) => {
        statements.push(values)
        answers.push({ resolve, reject })
      }),
  }
  return { statements, answers, writer: createProgressWriter(pool, quiet, 0) }
}

it('writes the first report at once, and of those that follow meanwhile the newest of each run', async () => {
  const { statements, answers, writer } = writerOverSlowDatabase()
  writer.report('a', at(1))
  writer.report('a', at(2))
  writer.report('b', at(5))
  writer.report('a', at(3))
  expect(statements).toEqual([[['a'], [1], [1], [null], [null], [null], [null]]])
  answers[0]?.resolve()
  await expect.poll(() => statements).toHaveLength(2)
  expect(statements[1]).toEqual([
    ['a', 'b'],
    [1, 1],
    [3, 5],
    [null, null],
    [null, null],
    [null, null],
    [null, null],
  ])
})

it('hands over the last word, also while it is on its way to the database', async () => {
  const { statements, answers, writer } = writerOverSlowDatabase()
  writer.report('a', at(99))
  expect(writer.take('a')).toEqual(at(99))
  writer.report('a', at(100))
  expect(writer.take('a')).toEqual(at(100))
  expect(writer.take('b')).toBeUndefined()
  answers[0]?.resolve()
  await expect.poll(() => writer.take('a')).toBeUndefined()
  expect(statements).toHaveLength(1)
})

it('goes on after the database has refused', async () => {
  const { statements, answers, writer } = writerOverSlowDatabase()
  writer.report('a', at(1))
  writer.report('a', at(2))
  answers[0]?.reject(new Error('away'))
  await expect.poll(() => statements).toHaveLength(2)
})

it('keeps what was said while the database was away, unless something newer was', async () => {
  const { statements, answers, writer } = writerOverSlowDatabase()
  writer.report('a', at(1))
  writer.report('b', at(1))
  answers[0]?.resolve()
  await expect.poll(() => statements).toHaveLength(2)
  writer.report('b', at(2))
  writer.report('c', at(3))
  answers[1]?.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
  await expect.poll(() => statements).toHaveLength(3)
  expect(statements.map(([ids, , percents]) => [ids, percents])).toEqual([
    [['a'], [1]],
    [['b'], [1]],
    [
      ['b', 'c'],
      [2, 3],
    ],
  ])
  writer.close()
})
