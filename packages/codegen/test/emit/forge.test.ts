import { describe, expect, it } from 'vitest'
import * as s from '../support/build-schema.ts'
import { castsIn, typeErrors } from '../support/compile.ts'
import { generate, generated } from '../support/generate.ts'

/* What pages of Forge's client import beside the functions. */

const { t } = s
const pair = s.object('TokenPair', s.fields({ access_token: t.string, refresh_token: t.string }))
const input = s.object('RefreshInput', s.fields({ refresh_token: t.string }))
const rotate = s.mutation('rotate', s.named('RefreshInput'), s.named('TokenPair'))
const user = s.object('User', s.fields({ id: t.string, full_name: t.string }))
const getUsers = s.query('get_users', null, s.list(s.named('User')))

const emitted = (
  path: string,
  wire: 'wire' | 'camel',
  ...parts: Parameters<typeof s.schema>
): string => generated(path, s.schema(...parts), { target: 'svelte', case: wire })

describe('reactive.svelte.ts', () => {
  it('has queries and mutations, for runes', () => {
    const schema = [
      s.query('get_user', s.fields({ id: t.string }), s.option(s.named('User')), {
        docs: ['One user.'],
      }),
      getUsers,
      s.mutation('delete', s.fields({ id: t.string }), t.unit),
      s.mutation('sign_out', null, t.unit),
      s.job('export_users', null, t.unit),
      user,
    ]
    expect(emitted('reactive.svelte.ts', 'wire', ...schema)).toMatchInlineSnapshot(`
      "import type { NoArgs } from '@headway/core'
      import {
        type ReactiveMutation,
        type ReactiveQuery,
        toReactive,
        toReactiveMutation,
      } from '@headway/svelte/forge'
      import { delete_, getUserStore$, getUsersStore$, signOut } from './api'
      import type { User } from './types'

      /** One user. */
      export const getUser$ = (args: { id: string }): ReactiveQuery<User | null> =>
        toReactive(getUserStore$(args))

      export const getUsers$ = (): ReactiveQuery<User[]> => toReactive(getUsersStore$())

      export const delete$ = (): ReactiveMutation<{ id: string }, void> => toReactiveMutation(delete_)

      export const signOut$ = (): ReactiveMutation<NoArgs, void> => toReactiveMutation(signOut)"
    `)
  })

  it('is not there when there is neither', () => {
    const files = generate(s.schema(s.job('export_users', null, t.unit)), { target: 'svelte' })
    expect(Object.keys(files)).toEqual([
      'api.ts',
      'index.ts',
      'runes.svelte.ts',
      'stores.ts',
      'types.ts',
    ])
    expect(files['index.ts']).not.toContain('reactive')
  })

  it('breaks what is too long for a line where formatters do', () => {
    const long = s.mutation(
      'update_the_user_of_a_team',
      s.fields({ user_id: t.string, team: t.string }),
      s.named('User'),
    )
    expect(emitted('reactive.svelte.ts', 'wire', long, user)).toMatchInlineSnapshot(`
      "import { type ReactiveMutation, toReactiveMutation } from '@headway/svelte/forge'
      import { updateTheUserOfATeam } from './api'
      import type { User } from './types'

      export const updateTheUserOfATeam$ = (): ReactiveMutation<
        { user_id: string; team: string },
        User
      > => toReactiveMutation(updateTheUserOfATeam)"
    `)
  })
})

describe('auth.svelte.ts', () => {
  it('renews the tokens by the mutation of the app', () => {
    expect(emitted('auth.svelte.ts', 'wire', rotate, pair, input)).toMatchInlineSnapshot(`
      "import { defineMutation, type MutationDefinition } from '@headway/core'
      import { type Auth, createAuth } from '@headway/svelte/forge'
      import type { RefreshInput, TokenPair } from './types'

      const refresh: MutationDefinition<RefreshInput, TokenPair> =
        /* @__PURE__ */ defineMutation('rotate')

      /** The signed-in user. \`rotate\` renews the tokens. */
      export const auth: Auth = /* @__PURE__ */ createAuth((client, refreshToken) =>
        client.call(refresh, { refresh_token: refreshToken }),
      )

      /** The bearer token, for \`<ForgeProvider {getToken}>\`. */
      export const getToken = (): string | null => auth.token"
    `)
    expect(emitted('auth.svelte.ts', 'camel', rotate, pair, input)).toContain(
      '(client, refreshToken) =>\n  client.call(refresh, { refreshToken }),',
    )
  })

  const named = (name: string) => s.mutation(name, s.named('RefreshInput'), s.named('TokenPair'))
  const more = s.object(
    'AuthResponse',
    s.fields({ access_token: t.string, refresh_token: t.string, user: t.unknown }),
  )
  const camel = s.object('CamelPair', s.fields({ accessToken: t.string, refreshToken: t.string }))
  const one = s.object('AccessToken', s.fields({ access_token: t.string }))
  const other = s.object('Renewal', s.fields({ refresh_token: t.string, device: t.string }))
  const taken = s.fields({ refresh_token: t.string })
  const cases: [what: string, functions: Parameters<typeof s.schema>, wireName: string | null][] = [
    ['a parameter', [s.mutation('renew', taken, s.named('TokenPair'))], 'renew'],
    ['an answer with more in it', [s.mutation('renew', taken, s.named('AuthResponse'))], 'renew'],
    ['an answer in camelCase', [s.mutation('renew', taken, s.named('CamelPair'))], 'renew'],
    ['the first by name', [named('b'), named('a')], 'a'],
    ['`refresh`, of several', [named('a'), named('refresh_token'), named('refresh')], 'refresh'],
    ['`refresh_token`, of several', [named('a'), named('refresh_token')], 'refresh_token'],
    ['nothing: no refresh token is given', [s.mutation('a', taken, s.named('AccessToken'))], null],
    [
      'nothing: something else is taken',
      [s.mutation('a', s.named('Renewal'), s.named('TokenPair'))],
      null,
    ],
    ['nothing: none is taken', [s.mutation('a', null, s.named('TokenPair'))], null],
    ['nothing: it is a query', [s.query('a', taken, s.named('TokenPair'))], null],
  ]
  it.each(cases)('takes %s', (_, functions, wireName) => {
    for (const wire of ['wire', 'camel'] as const) {
      const schema = s.schema(...functions, pair, input, more, camel, one, other)
      const files = generate(schema, { target: 'svelte', case: wire })
      const found = files['auth.svelte.ts']?.match(/defineMutation\('(.*)'\)/)?.[1] ?? null
      expect(found).toBe(wireName)
      expect(files['index.ts']?.includes("from './auth.svelte'")).toBe(wireName !== null)
      expect(typeErrors(files)).toEqual([])
      expect(Object.values(files).flatMap(castsIn)).toEqual([])
    }
  })
})

describe('names that the app has for itself', () => {
  it('are its own: index.ts and types.ts leave ours out', () => {
    const schema = s.schema(
      s.query('auth', null, s.named('Cursor')),
      s.mutation('get_token', null, s.named('JobStore')),
      s.query('to_reactive', null, t.unit),
      s.mutation('create_auth', null, s.named('ReactiveQuery')),
      s.object('Cursor', s.fields({ at: t.string })),
      s.object('JobStore', s.fields({ at: t.string })),
      s.object('ReactiveQuery', s.fields({ at: t.string })),
      s.object('Auth', s.fields({ at: t.string })),
      rotate,
      pair,
      input,
    )
    const files = generate(schema, { target: 'svelte', case: 'wire' })
    expect(typeErrors(files)).toEqual([])
    expect(files['index.ts']).not.toMatch(
      /\b(auth|getToken|JobStore|toReactive|ReactiveQuery)\b[^.']/,
    )
    expect(files['types.ts']).not.toMatch(/export type \{.*Cursor/)
  })

  it('are refused where two of its functions would have one for runes', () => {
    const schema = s.schema(
      s.query('get_user', null, t.unit),
      s.query('get_user_store', null, t.unit),
    )
    expect(() => generate(schema, { target: 'svelte' })).toThrow('are both `getUserStore$`')
  })
})

it('the other targets have nothing of it', () => {
  const schema = s.schema(getUsers, rotate, user, pair, input)
  for (const target of ['core', 'react', 'vue'] as const) {
    expect(Object.keys(generate(schema, { target, case: 'wire' }))).toEqual([
      'api.ts',
      'index.ts',
      'types.ts',
    ])
  }
})
