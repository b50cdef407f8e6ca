import { expect, it } from 'vitest'
import { toLabels } from './labels.ts'

it.each([
  [{}, { title: null, tags: [] }],
  [
    { title: null, tags: null },
    { title: null, tags: [] },
  ],
  [
    { title: 'Users, July', tags: ['july', 'july', 'ärger'] },
    { title: 'Users, July', tags: ['july', 'ärger'] },
  ],
  [
    { title: 'x'.repeat(200), tags: Array.from({ length: 10 }, (_, at) => `${at}`) },
    { tags: { length: 10 } },
  ],
])('%o is taken', (given, expected) => {
  expect(toLabels(given)).toMatchObject(expected)
})

const circle: Record<string, unknown> = {}
circle.self = circle

it.each([
  [{ title: '' }, 'title is "": give 1 to 200 characters'],
  [{ title: 7 }, 'title is 7: give 1 to 200 characters'],
  [{ title: 7n }, 'title is 7: give 1 to 200 characters'],
  [{ tags: [circle] }, /^tags\.0 is <ref \*1> \{ self: \[Circular \*1\] \}: give 1 to 64/],
  [{ title: 'x'.repeat(201) }, /^title is "x+: give 1 to 200 characters$/],
  [{ title: 'a\0b' }, /^title/],
  [{ title: '\ud800' }, /^title/],
  [{ tags: 'july' }, 'tags is "july": give a list of texts'],
  [{ tags: ['july', ''] }, 'tags.1 is "": give 1 to 64 characters'],
  [{ tags: ['x'.repeat(65)] }, /^tags\.0 is/],
  [{ tags: Array(11).fill('x') }, 'tags has 11 texts: give at most 10'],
])('%o is refused with words', (given, problem) => {
  expect(toLabels(given)).toEqual(
    typeof problem === 'string' ? problem : expect.stringMatching(problem),
  )
})
