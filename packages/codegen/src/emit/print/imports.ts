import { compareNames } from '../../names.ts'
import { type Doc, hardline } from './doc.ts'
import { braces } from './layouts.ts'
import { quote } from './literals.ts'

/** The imports of a file: exactly the names it uses. */
export interface Imports {
  /** Imports a type, and returns its local name: another one where the file's own names collide. */
  type(module: string, name: string): string
  /** Imports a value, and returns its local name. */
  value(module: string, name: string): string
  /** The import statements, each with its line end. */
  toDoc(): Doc[]
}

/**
 * Creates the imports of a file.
 *
 * @param taken the names that the file has otherwise
 */
export function createImports(taken: ReadonlySet<string>): Imports {
  const modules = new Map<string, Map<string, { isType: boolean; local: string }>>()
  const use = (module: string, name: string, isType: boolean): string => {
    const names = modules.get(module) ?? new Map()
    modules.set(module, names)
    const isOurs = !module.startsWith('.')
    const local = isOurs && taken.has(name) ? ours(name) : name
    const known = names.get(name)
    names.set(name, { isType: isType && known?.isType !== false, local })
    return local
  }
  return {
    type: (module, name) => use(module, name, true),
    value: (module, name) => use(module, name, false),
    toDoc: () => [...modules].toSorted(byModule).map(([module, names]) => toDoc(module, names)),
  }
}

/** `HeadwayClient`, `headwayUseJob`. */
function ours(name: string): string {
  const [first = ''] = name
  const isUpper = first === first.toUpperCase()
  return `${isUpper ? 'Headway' : 'headway'}${first.toUpperCase()}${name.slice(1)}`
}

/** Packages first, then files. */
function byModule([a]: [string, unknown], [b]: [string, unknown]): number {
  return Number(a.startsWith('.')) - Number(b.startsWith('.')) || compareNames(a, b)
}

function toDoc(module: string, names: Map<string, { isType: boolean; local: string }>): Doc {
  const imported = [...names].map(([name, { isType, local }]) => ({ name, isType, local }))
  return ['import ', specifiers(imported), ` from ${quote(module)}`, hardline]
}

/** A name that is imported or exported, as a type or as a value. */
export interface Named {
  name: string
  isType: boolean
  /** The local name, where it differs. */
  local?: string
}

/** Sorted names in braces; `type { A }` when all of them are types. */
export function specifiers(names: readonly Named[]): Doc {
  const isTypes = names.every(({ isType }) => isType)
  const sorted = names.toSorted((a, b) => compareNames(inOrder(a.name), inOrder(b.name)))
  const each = sorted.map(({ name, isType, local = name }): Doc => {
    const alias = local === name ? name : `${name} as ${local}`
    return isType && !isTypes ? `type ${alias}` : alias
  })
  return [isTypes ? 'type ' : '', braces(each)]
}

/** A sort key that orders as formatters do: `A` before `a`, and both before `B`. */
function inOrder(name: string): string {
  return name.replace(/[a-z]/gi, (letter) => {
    const small = letter.toLowerCase()
    return small + (letter === small ? 1 : 0)
  })
}
