import { describe, expect, it } from 'vitest'
import type { TypeRef } from '../../src/schema.ts'
import * as s from '../support/build-schema.ts'
import { typeErrors } from '../support/compile.ts'
import { converted, user, userType } from '../support/converters.ts'
import { generate, generated } from '../support/generate.ts'

const { t } = s

/** How a value of a type is converted, where it is received. */
function fromWire(type: TypeRef): string {
  const it = s.object('It', s.fields({ it: type }))
  const page = s.object('Page', s.fields({ items: s.list(s.param('T')) }), { params: ['T'] })
  const text = generated(
    'convert.ts',
    s.schema(s.query('get', null, s.named('It')), it, page, userType),
  )
  const [, value = ''] = /function itFromWire[\s\S]*?it: ([\s\S]*?),\n {2}\}/.exec(text) ?? []
  return value.replace(/\s+/g, ' ')
}

describe('a value', () => {
  it.each<[TypeRef, string]>([
    [user, 'userFromWire(wire.it)'],
    [s.option(user), 'wire.it && userFromWire(wire.it)'],
    [s.list(user), 'wire.it.map(userFromWire)'],
    [s.list(s.option(user)), 'wire.it.map((item) => item && userFromWire(item))'],
    [s.list(s.list(user)), 'wire.it.map((item) => item.map(userFromWire))'],
    [s.option(s.list(user)), 'wire.it && wire.it.map(userFromWire)'],
    [s.map(user), 'mapValues(wire.it, userFromWire)'],
    [s.map(s.map(user)), 'mapValues(wire.it, (item) => mapValues(item, userFromWire))'],
    [s.tuple(t.string, user), '[wire.it[0], userFromWire(wire.it[1])]'],
    [s.named('Page', user), 'pageFromWire(wire.it, userFromWire)'],
    [s.named('Page', s.list(user)), 'pageFromWire(wire.it, (item) => item.map(userFromWire))'],
  ])('of %j is %s', (type, text) => {
    expect(fromWire(type)).toBe(text)
  })
})

describe('a struct', () => {
  it('is converted member by member, and what may be missing may', () => {
    const members = [
      ...s.fields({ user_id: t.string, 'e-mail': t.string, id: t.string }),
      ...s.fields({ due_at: s.option(t.string) }, { optionalOut: true }),
    ]
    expect(converted(s.object('It', members))).toMatchInlineSnapshot(`
      "function itFromWire(wire: ItWire): It {
        return {
          userId: wire.user_id,
          eMail: wire['e-mail'],
          id: wire.id,
          ...(wire.due_at !== undefined && { dueAt: wire.due_at }),
        }
      }

      function itToWire(value: It): ItWire {
        return {
          user_id: value.userId,
          'e-mail': value.eMail,
          id: value.id,
          ...(value.dueAt !== undefined && { due_at: value.dueAt }),
        }
      }"
    `)
  })

  it('with parameters is told how these are converted', () => {
    const type = s.object(
      'Pair',
      s.fields({ first_one: s.param('A'), b: s.option(s.param('B')) }),
      { params: ['A', 'B'] },
    )
    const pair = s.named('Pair', user, t.string)
    const all = s.schema(s.query('get_pair', null, pair), type, userType)
    expect(generated('convert.ts', all)).toMatchInlineSnapshot(`
      "import type { Codec } from '@headway/core'
      import type { Pair, User } from './types.js'

      export const getPairCodec: Codec<null, Pair<User, string>> = {
        fromWire: (output: PairWire<UserWire, string>) => pairFromWire(output, userFromWire, same),
      }

      interface PairWire<A, B> {
        first_one: A
        b: B | null
      }

      interface UserWire {
        user_id: string
      }

      function pairFromWire<A, AWire, B, BWire>(
        wire: PairWire<AWire, BWire>,
        aFromWire: (wire: AWire) => A,
        bFromWire: (wire: BWire) => B,
      ): Pair<A, B> {
        return {
          firstOne: aFromWire(wire.first_one),
          b: wire.b === null ? null : bFromWire(wire.b),
        }
      }

      function userFromWire(wire: UserWire): User {
        return {
          userId: wire.user_id,
        }
      }

      /** What needs no converting, where a function is asked for. */
      function same<T>(value: T): T {
        return value
      }"
    `)
  })

  it('keeps the other members of a map that is flattened', () => {
    const type = s.object('Loose', [
      ...s.fields({ the_id: t.string }),
      ...s.flatten(s.map(t.unknown)),
    ])
    expect(converted(type)).toMatchInlineSnapshot(`
      "function looseFromWire(wire: LooseWire): Loose {
        const { the_id: theId, ...rest } = wire
        return {
          ...rest,
          theId,
        }
      }

      function looseToWire(value: Loose): LooseWire {
        const { theId, ...rest } = value
        return {
          ...rest,
          the_id: theId,
        }
      }"
    `)
  })

  it('hands the other members to what converts an enum that is flattened', () => {
    const state = s.variants(
      'State',
      { open: null, done: s.fields({ done_at: t.string }) },
      { style: 'internal', tag: 'state' },
    )
    const type = s.object('Task', [
      ...s.fields({ task_id: t.string }),
      ...s.flatten(s.named('State')),
    ])
    expect(converted(type, state)).toMatchInlineSnapshot(`
      "function stateFromWire(wire: StateWire): State {
        switch (wire.state) {
          case 'done':
            return { state: wire.state, doneAt: wire.done_at }
          default:
            return wire
        }
      }

      function stateToWire(value: State): StateWire {
        switch (value.state) {
          case 'done':
            return { state: value.state, done_at: value.doneAt }
          default:
            return value
        }
      }

      function taskFromWire(wire: TaskWire): Task {
        const { task_id: taskId, ...rest } = wire
        return {
          ...stateFromWire(rest),
          taskId,
        }
      }

      function taskToWire(value: Task): TaskWire {
        const { taskId, ...rest } = value
        return {
          ...stateToWire(rest),
          task_id: taskId,
        }
      }"
    `)
  })
})

describe('names that would be there twice', () => {
  it('of parameters', () => {
    const cell = s.object('Cell', s.fields({ the_t: s.param('T'), the_w: s.param('TWire') }), {
      params: ['T', 'TWire'],
    })
    const ref = s.named('Cell', user, t.string)
    const all = s.schema(s.mutation('echo', ref, ref), cell, userType)
    expect(typeErrors(generate(all))).toEqual([])
  })

  it('of variables', () => {
    const names = { value: t.string, wire: t.string, member1: t.string, member2: t.string }
    const it = s.object('It', [
      ...s.fields({ ...names, the_id: t.string }),
      ...s.flatten(s.map(t.string)),
    ])
    const all = s.schema(s.mutation('echo', s.named('It'), s.named('It')), it)
    expect(typeErrors(generate(all))).toEqual([])
  })
})
