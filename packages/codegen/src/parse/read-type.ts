import type { Node } from 'web-tree-sitter'
import type { TypeExpression } from './rust.ts'
import type { Source } from './source.ts'

/** Types that no value on the wire has, by their names in the grammar. */
const refused: Record<string, string> = {
  abstract_type: 'an `impl` type',
  bounded_type: 'a sum of bounds',
  dynamic_type: 'a trait object',
  function_type: 'a function pointer',
  macro_invocation: 'the result of a macro',
  metavariable: "a macro's variable",
  never_type: 'the never type',
  pointer_type: 'a raw pointer',
  qualified_type: 'an associated type',
  bracketed_type: 'an associated type',
  removed_trait_bound: 'a bound',
}

/** Real types are never nested this deep. */
const maxDepth = 100

/** Reads a type where it is used. */
export function readType(node: Node, source: Source, depth = 0): TypeExpression {
  const place = source.placeAt(node.startIndex)
  if (depth > maxDepth) return other('a type that is nested more than 100 deep')
  switch (node.type) {
    case 'type_identifier':
    case 'primitive_type':
    case 'identifier':
    case 'scoped_type_identifier':
    case 'scoped_identifier':
      return readPath(node, [], source)
    case 'generic_type':
    case 'generic_type_with_turbofish': {
      const name = node.childForFieldName('type')
      const args = node.childForFieldName('type_arguments')
      return name
        ? readPath(name, args ? readArgs(args, source, depth + 1) : [], source)
        : other('a type')
    }
    case 'reference_type': {
      const inner = node.childForFieldName('type')
      return inner ? { ...readType(inner, source, depth + 1), place } : other('a reference')
    }
    case 'unit_type':
      return { kind: 'tuple', of: [], place }
    case 'tuple_type':
      return readTuple(node, source, depth + 1)
    case 'array_type': {
      const element = node.childForFieldName('element')
      const length = node.childForFieldName('length')
      if (!element) return other('an array')
      return {
        kind: 'array',
        of: readType(element, source, depth + 1),
        length: readLength(length),
        place,
      }
    }
    default:
      return other(refused[node.type] ?? `\`${node.text}\``)
  }

  function other(what: string): TypeExpression {
    return { kind: 'other', what, place }
  }
}

/** The children of a node, without comments. */
export function partsOf(node: Node): Node[] {
  return node.namedChildren.filter(({ isExtra }) => !isExtra)
}

/** `r#type` gives `type`. */
export function readName(text: string): string {
  return text.replace(/^r#/, '')
}

function readPath(node: Node, args: TypeExpression[], source: Source): TypeExpression {
  const place = source.placeAt(node.startIndex)
  // Only the compiler knows the type behind `<T as Trait>::Output` or `Vec<T>::Item`.
  if (node.text.includes('<')) return { kind: 'other', what: 'an associated type', place }
  const path = node.text.split('::').map((part) => readName(part.trim()))
  return { kind: 'path', path: path[0] === '' ? path.slice(1) : path, args, place }
}

function readArgs(node: Node, source: Source, depth: number): TypeExpression[] {
  return partsOf(node).flatMap((arg) => {
    // `Item = u8` describes a trait.
    if (arg.type === 'lifetime' || arg.type === 'type_binding') return []
    if (arg.type === 'block' || arg.type.endsWith('_literal')) {
      return [{ kind: 'const', place: source.placeAt(arg.startIndex) }]
    }
    return [readType(arg, source, depth)]
  })
}

function readTuple(node: Node, source: Source, depth: number): TypeExpression {
  const of = partsOf(node).map((part) => readType(part, source, depth))
  const [only] = of
  // `(T)` is T; `(T,)` is a tuple.
  if (only && of.length === 1 && !node.children.some(({ type }) => type === ',')) return only
  return { kind: 'tuple', of, place: source.placeAt(node.startIndex) }
}

function readLength(node: Node | null): number | null {
  if (node?.type !== 'integer_literal') return null
  const length = Number(
    node.text.replaceAll('_', '').replace(/(?<=\d)[iu](8|16|32|64|128|size)$/, ''),
  )
  return Number.isSafeInteger(length) ? length : null
}
