import { expect, it } from 'vitest'
import { emit } from '../../src/emit/emit.ts'
import type { Schema } from '../../src/schema.ts'
import * as s from '../support/build-schema.ts'

const { t } = s
const inside = { style: 'internal', tag: 'state' } as const
const at = (line: number) => ({ place: { file: 'src/lib.rs', line, column: 1 } })

function problemsOf(schema: Schema, as: 'camel' | 'wire' = 'camel'): string[] {
  const emitted = emit(schema, { target: 'svelte', case: as })
  if (!('problems' in emitted)) return []
  return emitted.problems.map(({ place, message }) => `${place.line}: ${message}`)
}

it('two functions of one name in TypeScript', () => {
  const all = s.schema(
    s.mutation('track_users', null, t.unit, at(3)),
    s.job('users', null, t.unit, at(7)),
  )
  expect(problemsOf(all)).toEqual([
    '7: `users` and `track_users` are both `trackUsers` in TypeScript: the other is at src/lib.rs:3:1',
  ])
})

it('a function that is called as what converts for another one', () => {
  const all = s.schema(
    s.mutation('save', s.fields({ the_id: t.string }), t.unit, at(3)),
    s.mutation('save_codec', null, t.unit, at(7)),
  )
  expect(problemsOf(all)).toEqual([
    '7: `save_codec` and `save` are both `saveCodec` in TypeScript: the other is at src/lib.rs:3:1',
  ])
})

it('two members of one name in an object', () => {
  const all = s.schema(
    s.object('User', [
      ...s.fields({ user_id: t.string }, at(3)),
      ...s.fields({ userId: t.string }, at(4)),
    ]),
  )
  expect(problemsOf(all)).toEqual([
    '4: `userId` and `user_id` are both `userId` in one object: the other is at src/lib.rs:3:1',
  ])
  expect(problemsOf(all, 'wire')).toEqual([])
})

it('two members of one name, of which one is in a variant that is flattened', () => {
  const all = s.schema(
    s.query('get', null, s.named('Task')),
    s.object('Task', [...s.fields({ at_id: t.string }, at(3)), ...s.flatten(s.named('State'))]),
    s.variants('State', { open: null, done: s.fields({ at_id: t.string }, at(7)) }, inside),
  )
  expect(problemsOf(all, 'wire')).toEqual([
    '7: `at_id` and `at_id` are both `at_id` in one object: the other is at src/lib.rs:3:1',
  ])
})

it('a member of one side alone, in a type that goes both ways', () => {
  const user = s.named('User')
  const all = s.schema(
    s.mutation('echo', user, user),
    s.object('User', [
      ...s.fields({ password: t.string }, { only: 'in', ...at(3) }),
      ...s.fields({ id: t.string }, { only: 'out', ...at(4) }),
      ...s.fields({ tags: s.list(t.string) }, { optionalOut: true, ...at(5) }),
      ...s.fields({ note: s.option(t.string) }, { only: 'in', ...at(6) }),
    ]),
  )
  expect(problemsOf(all)).toEqual([
    '3: `password` must be sent and is never received, in a type that goes both ways',
    '4: `id` is received and never sent, in a type that goes both ways',
    '5: `tags` may be missing when received but must be sent, in a type that goes both ways',
  ])
})

it('variants without a tag that look alike, once for both ways', () => {
  const light = s.named('Light')
  const type = s.variants(
    'Light',
    { Dimmed: s.fields({ percent_on: t.number }), Bright: s.fields({ percent_on: t.string }) },
    { style: 'untagged' },
    at(9),
  )
  const all = s.schema(s.mutation('echo', light, light), type)
  expect(problemsOf(all)).toEqual([
    '9: The variant `Dimmed` has no member that tells it apart, so its names cannot be converted',
    '9: The variant `Bright` has no member that tells it apart, so its names cannot be converted',
  ])
  expect(problemsOf(all, 'wire')).toEqual([])
})

it('names that every object has, where they would be converted', () => {
  const all = s.schema(
    s.query('get', null, s.named('Event')),
    s.object('Inner', s.fields({ the_id: t.string, constructor: t.string })),
    s.variants('Event', {
      toString: s.named('Inner'),
      open: s.fields({ ['__proto__']: t.string }, at(6)),
    }),
  )
  expect(problemsOf(all)).toEqual([
    '1: `toString` is a name that every JavaScript object inherits, so it cannot be converted',
    '6: `__proto__` is a name that every JavaScript object inherits, so it cannot be converted',
  ])
  expect(problemsOf(all, 'wire')).toEqual([])
})

it('things that are flattened and cannot be told from each other', () => {
  const inner = s.object('Inner', s.fields({ the_id: t.string }))
  const flat = (...types: Parameters<typeof s.flatten>[0][]) =>
    s.object(
      'Flat',
      [
        ...s.fields({ flat_id: t.string }),
        ...types.flatMap((type) => s.fields({ flattened: type }, { flatten: true, ...at(5) })),
      ],
      at(4),
    )
  const tagged = s.variants(
    'State',
    { open: null, done: null },
    { style: 'internal', tag: 'state' },
  )
  const problems = (type: ReturnType<typeof flat>): string[] =>
    problemsOf(s.schema(s.query('get', null, s.named('Flat')), type, inner, tagged))
  expect(problems(flat(s.named('State'), s.map(t.unknown)))).toEqual([
    '5: Several flattened fields have unknown members, so their names cannot be converted',
  ])
  expect(problems(flat(s.option(s.named('State'))))).toEqual([
    '5: A flattened field has unknown members, so their names cannot be converted',
  ])
  expect(problems(flat(s.map(s.named('Inner'))))).toEqual([
    '5: A flattened map has values whose names change, and they cannot be told from the other members',
  ])
})
