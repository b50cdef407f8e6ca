import { expect, it } from 'vitest'
import { createPaint } from './paint.ts'
import { formatProblems } from './report.ts'

/** What is shown of a problem in a line, and the marks below it. */
function show(text: string, column: number): [line: string | undefined, marks: string | undefined] {
  const place = { file: 'a.rs', line: 1, column }
  const report = formatProblems([{ place, message: 'No', hint: 'Yes' }], {
    sources: [{ path: 'a.rs', text }],
    toPath: (file) => file,
    paint: createPaint(false),
  })
  const [, line, marks] = report.split('\n')
  return [line?.slice(8), marks?.slice(8)]
}

it('marks the word that a problem is about', () => {
  expect(show('let x: Url;', 8)).toEqual(['let x: Url;', '       ^^^'])
})

it.each([1, 60, 61, 130, 450, 840, 900])(
  'of a long line shows what is around column %i',
  (column) => {
    const words = Array.from({ length: 900 }, (_, at) => (at === column - 1 ? 'U' : '.'))
    const [line = '', marks = ''] = show(words.join(''), column)
    expect(line.length).toBeLessThanOrEqual(122)
    expect(line[marks.indexOf('^')]).toBe('U')
  },
)
