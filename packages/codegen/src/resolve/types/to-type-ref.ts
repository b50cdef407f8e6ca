import type { Declaration, TypeExpression } from '../../parse/rust.ts'
import { showPlace } from '../../problem.ts'
import type { TypeRef } from '../../schema.ts'
import { isUnwritten } from '../known/forge-types.ts'
import type { KnownType } from '../known/known-type.ts'
import { findKnownType } from '../known/known-types.ts'
import { unresolved, type Where, withArgs } from '../names/context.ts'
import { isInlined } from '../names/follow-alias.ts'
import { isDropped, isOnWire } from '../serde/directions.ts'

type Path = Extract<TypeExpression, { kind: 'path' }>

/** Longer arrays become lists: a tuple of that length is hard to read. */
const longestTuple = 16

/** Stops an alias that leads back to itself. */
const deepestAlias = 50

/**
 * Resolves a Rust type into its TypeScript type. Reports a type that has none, and returns
 * `unknown`.
 */
export function toTypeRef(type: TypeExpression, where: Where): TypeRef {
  const { report } = where.context
  switch (type.kind) {
    case 'path':
      return fromPath(type, where)
    case 'tuple':
      return type.of.length === 0
        ? { kind: 'unit' }
        : { kind: 'tuple', of: type.of.map((part) => toTypeRef(part, where)) }
    case 'array': {
      const of = toTypeRef(type.of, where)
      const { length } = type
      if (length === null || length > longestTuple) return { kind: 'list', of }
      return { kind: 'tuple', of: Array.from({ length }, () => of) }
    }
    case 'const':
      report(type.place, 'A constant stands where a type is expected', 'Put a type there.')
      return unresolved
    case 'other':
      report(
        type.place,
        `${capitalized(type.what)} cannot be sent: there is no TypeScript type for it`,
        'Use a type that says what is sent: a struct, an enum, or one of the standard library.',
      )
      return unresolved
  }
}

function fromPath(type: Path, where: Where): TypeRef {
  const { context, params, self } = where
  const [first = ''] = type.path
  const param = params.get(first)
  if (param && type.path.length === 1) return fromParam(first, where)
  if (param || (first === 'Self' && type.path.length > 1)) {
    return toTypeRef({ kind: 'other', what: 'an associated type', place: type.place }, where)
  }
  if (first === 'Self' && self) {
    return { kind: 'named', name: self.name, args: boundArgs(where) }
  }
  const text = context.types.get(type.path.join('::')) ?? context.types.get(type.path.at(-1) ?? '')
  if (text !== undefined) return { kind: 'verbatim', text }

  const found = context.declarations.find(type.path, where.scope)
  if (found.kind === 'declared') return fromDeclaration(type, found.declaration, where)
  if (found.kind === 'ambiguous') {
    const places = found.declarations.map(({ place }) => showPlace(place)).join(' and ')
    context.report(
      type.place,
      `Which \`${type.path.join('::')}\` is meant? It is declared at ${places}`,
      'Import it with `use`, or write the path to it: `billing::Plan`.',
    )
    return unresolved
  }
  const known = findKnownType(found.path, type.args.length)
  return known ? fromKnown(type, known, where) : reportUnknown(type, found.path, where)
}

function fromDeclaration(type: Path, declaration: Declaration, where: Where): TypeRef {
  if (!hasArgsFor(type, declaration, where)) return unresolved
  if (where.depth > deepestAlias) {
    where.context.report(
      type.place,
      `\`${declaration.name}\` is an alias of itself`,
      'Name a type.',
    )
    return unresolved
  }
  if (declaration.kind === 'alias' && isInlined(declaration, where.context)) {
    return toTypeRef(declaration.type, withArgs(type.args, declaration, where))
  }
  if (isDropped(declaration)) {
    where.context.report(
      type.place,
      `\`${declaration.name}\` (${showPlace(declaration.place)}) has its derives below \`#[forge::model]\`, which drops them`,
      'Write `#[derive(Serialize, Deserialize)]` above `#[forge::model]`.',
    )
    return unresolved
  }
  if (!isOnWire(declaration)) {
    where.context.report(
      type.place,
      `\`${declaration.name}\` (${showPlace(declaration.place)}) derives neither Serialize nor Deserialize: how it is written cannot be read`,
      `Derive them, or say in the config what it is: types: { ${declaration.name}: 'string' }`,
    )
    return unresolved
  }
  where.context.reach(declaration)
  const args = boundArgs(withArgs(type.args, declaration, where))
  return { kind: 'named', name: declaration.name, args }
}

/** The type that each parameter stands for. */
function boundArgs(where: Where): TypeRef[] {
  return [...where.params.keys()].map((name) => fromParam(name, where))
}

function fromParam(name: string, { params }: Where): TypeRef {
  const bound = params.get(name)
  return !bound || bound === 'itself' ? { kind: 'param', name } : toTypeRef(bound.type, bound.where)
}

function hasArgsFor(type: Path, { name, generics }: Declaration, { context }: Where): boolean {
  const least = generics.filter(({ kind, default: given }) => kind === 'type' && !given).length
  const given = type.args.length
  if (given >= least && given <= generics.length) return true
  context.report(
    type.place,
    `\`${name}\` takes ${count(generics.length)}, and is given ${given === 0 ? 'none' : given}`,
    `Write it as ${name}<${generics.map((generic) => generic.name).join(', ')}>.`,
  )
  return false
}

function fromKnown(type: Path, known: KnownType, where: Where): TypeRef {
  if (known.kind === 'plain') return known.ref
  const { params } = known
  const name = type.path.at(-1) ?? ''
  const most = known.kind === 'generic' ? known.most : params
  if (type.args.length < params || type.args.length > most) {
    const given = type.args.length === 0 ? 'none' : type.args.length
    where.context.report(
      type.place,
      `\`${name}\` takes ${count(params)}, and is given ${given}`,
      params === 0 ? `Write it as ${name}.` : `Write it with what is in it, as \`Vec<String>\`.`,
    )
    return unresolved
  }
  const args = type.args.slice(0, params).map((arg) => toTypeRef(arg, where))
  if (known.kind === 'generic') return known.of(args)
  where.context.reachBuiltIn(known.name, type.place)
  return { kind: 'named', name: known.name, args }
}

function reportUnknown(type: Path, path: string[], { context }: Where): TypeRef {
  const name = type.path.at(-1) ?? ''
  const shown = path.join('::')
  if (isUnwritten(path)) {
    context.report(
      type.place,
      `\`${shown}\` is Forge's own, for the server alone: it has no form on the wire`,
      'Send what is to be known of it: a String, or a struct or an enum of your own.',
    )
    return unresolved
  }
  context.report(
    type.place,
    `\`${shown}\` is not a type that is known here`,
    `If it is declared in another folder, generate --from one that holds both. Else say in the config what it is in TypeScript, as text: types: { ${name}: 'string' }`,
  )
  return unresolved
}

function count(params: number): string {
  if (params === 0) return 'no parameters'
  return params === 1 ? 'one parameter' : `${params} parameters`
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
