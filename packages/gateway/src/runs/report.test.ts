import { expect, it } from 'vitest'
import { toReport } from './report.ts'

const nothing = { done: null, total: null, unit: null, message: null }

it.each<[unknown, unknown, object, string[]]>([
  [40.5, 'half', { percent: 40.5, message: 'half' }, []],
  [-1, undefined, { percent: 0 }, []],
  ['140', undefined, { percent: 100 }, []],
  [Number.NaN, undefined, { percent: 0 }, []],
  [null, 'reading', { percent: null, message: 'reading' }, []],
  [
    { done: 500, total: 4_000, unit: 'rows', message: 'row 500' },
    'another',
    { percent: 12.5, done: 500, total: 4_000, unit: 'rows', message: 'row 500' },
    [],
  ],
  [{ done: 9, total: 8 }, undefined, { percent: 100, done: 9, total: 8 }, []],
  [{ done: 7 }, undefined, { done: 7 }, []],
  [{ done: 7, total: 0 }, undefined, { done: 7 }, []],
  [{ done: 0, total: 7 }, undefined, { percent: 0, done: 0, total: 7 }, []],
  [{ done: -1, total: 7 }, undefined, { total: 7 }, ['"done"']],
  [{ done: 1, total: Number.NaN }, undefined, { done: 1 }, ['"total"']],
  [{ done: 1, total: '7', unit: 3 }, undefined, { done: 1 }, ['"total"', '"unit"']],
  [{ done: 1, unit: 'x'.repeat(40) }, undefined, { done: 1, unit: `${'x'.repeat(31)}…` }, []],
])('progress(%j, %j)', (first, message, shown, refused) => {
  const reasons: string[] = []
  expect(toReport(first, message, (why) => reasons.push(why))).toStrictEqual({
    ...nothing,
    percent: undefined,
    ...shown,
  })
  expect(reasons.map((why) => why.split(' ')[0])).toEqual(refused)
  for (const why of reasons) expect(why).toContain('give')
})
