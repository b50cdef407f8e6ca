import { fromRoot } from '../../parse/read-use.ts'
import type { Declaration, RustFile, Scope } from '../../parse/rust.ts'
import { isOnWire } from '../serde/directions.ts'

/** The result of looking up a path. */
export type Found =
  | { kind: 'declared'; declaration: Declaration }
  /** Several types match, and nothing tells which one is meant. */
  | { kind: 'ambiguous'; declarations: Declaration[] }
  /** These sources declare no such type. `path` begins with a crate where a `use` names it. */
  | { kind: 'elsewhere'; path: string[] }

/** All declared types. */
export interface Declarations {
  find(path: string[], scope: Scope): Found
}

/** Stops a `use` that leads back to itself; real chains are shorter. */
const longestChain = 20

/**
 * Looks names up much as Rust does: first in the module, then at the target of a `use` or a path,
 * then through the `use`s of that module. A name that came by a glob is found if only one type has
 * it.
 */
export function indexDeclarations(files: RustFile[]): Declarations {
  const byName = new Map<string, Declaration[]>()
  const local = new Set<string>(['crate'])
  for (const declaration of files.flatMap(({ types }) => types)) {
    const { name, scope } = declaration
    byName.set(name, [...(byName.get(name) ?? []), declaration])
    noteLocal(scope)
  }
  const using = new Map<string, Scope[]>()
  for (const scope of files.flatMap(({ scopes }) => scopes)) {
    for (const name of scope.names.keys()) using.set(name, [...(using.get(name) ?? []), scope])
    if (scope.exported.size > 0) noteLocal(scope)
  }

  return { find: (written, scope) => find(written, scope, longestChain) }

  function noteLocal({ crate, module }: Scope): void {
    for (const name of module) local.add(name)
    if (crate !== null) local.add(crate)
  }

  function find(written: string[], scope: Scope, steps: number): Found {
    const path = toAbsolute(written, scope, byName)
    const [first = '', ...rest] = path
    const name = path.at(-1) ?? ''
    const all = byName.get(name) ?? []
    const isElsewhere = rest.length > 0 && !local.has(first)
    if (isElsewhere) return { kind: 'elsewhere', path }
    const near = rest.length > 0 ? pointedAt(all, path.slice(0, -1), scope) : closest(all, scope)
    if (near.length > 0) return pick(near)
    const used = steps > 0 ? findUsed(path, scope) : null
    if (used) return find(used.path, used.scope, steps - 1)
    return all.length > 0 ? pick(all) : { kind: 'elsewhere', path }
  }

  /**
   * The `use` behind a path, possibly in a module around this one. For a name that came by a glob:
   * the only `pub use` that gives something that name.
   */
  function findUsed(path: string[], from: Scope): { path: string[]; scope: Scope } | null {
    const name = path.at(-1) ?? ''
    const qualifiers = path.slice(0, -1)
    const found = (using.get(name) ?? []).filter((scope) =>
      qualifiers.length > 0
        ? isPointedAt(scope, qualifiers, from)
        : scope.exported.has(name) && scope.names.get(name)?.at(-1) !== name,
    )
    const [scope] = found
    const used = scope?.names.get(name)
    return scope && used && found.length === 1 ? { path: used, scope } : null
  }
}

/** A path from the crate's root, or from another crate where a `use` names it. */
function toAbsolute(
  written: string[],
  scope: Scope,
  byName: ReadonlyMap<string, Declaration[]>,
): string[] {
  const [first = '', ...rest] = written
  const used = scope.names.get(first)
  if (used) return [...used, ...rest]
  const isRelative = first === 'self' || first === 'super'
  // A type declared here takes precedence over a glob.
  const isHere = byName.get(first)?.some((declaration) => declaration.scope === scope)
  return scope.outer && !isRelative && !isHere
    ? toAbsolute(written, scope.outer, byName)
    : fromRoot(written, scope.module)
}

/** The types in the same list of items, else those in the same module. */
function closest(all: Declaration[], scope: Scope): Declaration[] {
  const beside = all.filter((declaration) => declaration.scope === scope)
  return beside.length > 0
    ? beside
    : all.filter((other) => isModule(other.scope, scope.module, scope))
}

/** The types in the module that a path names. */
function pointedAt(all: Declaration[], qualifiers: string[], from: Scope): Declaration[] {
  return all.filter(({ scope }) => isPointedAt(scope, qualifiers, from))
}

function isPointedAt(scope: Scope, qualifiers: string[], from: Scope): boolean {
  const [first, ...rest] = qualifiers
  if (first === 'crate') return isModule(scope, rest, from)
  const { crate, module } = scope
  return endsWith(module, qualifiers) || (crate === first && endsWith(module, rest))
}

function isModule(scope: Scope, module: string[], from: Scope): boolean {
  return (
    scope.crate === from.crate &&
    scope.module.length === module.length &&
    endsWith(scope.module, module)
  )
}

function endsWith(module: string[], end: string[]): boolean {
  return end.every((part, index) => module[module.length - end.length + index] === part)
}

/** Of several types, the only one that can be sent. */
function pick(candidates: Declaration[]): Found {
  const sent = candidates.length > 1 ? candidates.filter(isOnWire) : candidates
  const declarations = sent.length > 0 ? sent : candidates
  const [declaration] = declarations
  return declaration && declarations.length === 1
    ? { kind: 'declared', declaration }
    : { kind: 'ambiguous', declarations }
}
