import type { JobContext } from '@headway/gateway'
import { expect, it } from 'vitest'
import { importFile } from './import-file.ts'

const args = { file: 'users-07.csv', rows: 250, isBroken: false }

/** Runs the job. Its reports are in `reports`. */
function run(given: Partial<typeof args>, attempt: number) {
  const reports: unknown[] = []
  const context = {
    ...{ id: '7', owner: null, attempt, signal: new AbortController().signal },
    progress: (report: unknown) => void reports.push(report),
  } as unknown as JobContext
  return { reports, result: importFile().run(context, { ...args, ...given }) }
}

it('reports the rows that are done, to the last one', async () => {
  const { reports, result } = run({}, 1)
  expect(await result).toEqual({ rows: 250 })
  expect(reports).toEqual([100, 200, 250].map((done) => ({ done, total: 250, unit: 'rows' })))
})

it('a broken file fails halfway, once', async () => {
  const { reports, result } = run({ isBroken: true }, 1)
  await expect(result).rejects.toThrow('users-07.csv: line 201 has no email')
  expect(reports).toHaveLength(2)
  expect(await run({ isBroken: true }, 2).result).toEqual({ rows: 250 })
})
