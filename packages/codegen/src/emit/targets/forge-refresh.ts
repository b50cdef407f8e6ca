import { compareNames } from '../../names.ts'
import { type Member, membersOf } from '../model/members.ts'
import { expand, type Model } from '../model/model.ts'
import { toCamelCase } from '../model/naming.ts'
import type { Shape } from '../model/shapes.ts'
import { received, sent, type Usage } from '../model/usage.ts'
import type { EmittedFunction } from '../types/emitted-function.ts'

/** The mutation that renews an app's tokens. */
export interface Refresh {
  fn: EmittedFunction
  /** The argument that holds the refresh token. */
  member: string
}

/**
 * Finds the mutation that takes a `refresh_token` alone and gives an `access_token` and a
 * `refresh_token`. Of several, it takes `refresh` or `refresh_token`, else the first by name.
 */
export function findRefresh(model: Model, functions: readonly EmittedFunction[]): Refresh | null {
  const found = functions.flatMap((fn) => {
    const member = fn.schema.kind === 'mutation' ? takenToken(model, fn) : undefined
    return member === undefined ? [] : [{ fn, member }]
  })
  const [first] = found.toSorted(
    (a, b) => rank(a.fn) - rank(b.fn) || compareNames(a.fn.schema.name, b.fn.schema.name),
  )
  return first ?? null
}

function takenToken(model: Model, { args, schema }: EmittedFunction): string | undefined {
  const given = textsOf(model, schema.output, received)
  if (!given.has('accessToken') || !given.has('refreshToken')) return undefined
  const taken = args && membersIn(model, args, sent)
  return taken?.length === 1 ? textsOf(model, args, sent).get('refreshToken') : undefined
}

/** The members that are strings: the name in camelCase → the name in TypeScript. */
function textsOf(model: Model, shape: Shape | null, usage: Usage): Map<string, string> {
  const members = shape ? membersIn(model, shape, usage) : []
  const texts = members.filter((member) => member.shape.kind === 'string')
  return new Map(texts.map(({ wireName, name }) => [toCamelCase(wireName), name]))
}

function membersIn(model: Model, shape: Shape, usage: Usage): Member[] {
  if (shape.kind === 'object') return membersOf(model, shape.fields, usage).own
  const type = expand(model, shape)
  const found = type.kind === 'named' ? model.find(type.name) : undefined
  return found?.form === 'object' ? membersOf(model, found.fields, usage).own : []
}

function rank({ schema }: EmittedFunction): number {
  const at = ['refresh', 'refresh_token'].indexOf(schema.name)
  return at < 0 ? 2 : at
}
