import { type AnnotatedNode, annotatedNodes } from './annotated-nodes.ts'
import { lastOf } from './attributes.ts'
import type { Meta } from './meta.ts'
import { readGenerics } from './read-generics.ts'
import { readName, readType } from './read-type.ts'
import type { RustFunction, RustParam, Scope } from './rust.ts'
import type { Source } from './source.ts'

const kinds: RustFunction['kind'][] = ['query', 'mutation', 'job', 'workflow']

/** Reads a function that a client can call or start; `null` for an ordinary one. */
export function readFunction(
  member: AnnotatedNode,
  scope: Scope,
  source: Source,
): RustFunction | null {
  const { node, docs, attributes } = member
  const found = findKind(attributes)
  const name = node.childForFieldName('name')
  if (!found || !name) return null
  const list = node.childForFieldName('parameters')
  const output = node.childForFieldName('return_type')
  return {
    ...found,
    name: readName(name.text),
    docs,
    generics: readGenerics(node, source),
    params: list ? annotatedNodes(list, source).flatMap((param) => readParam(param, source)) : [],
    output: output ? readType(output, source) : null,
    scope,
    place: source.placeAt(name.startIndex),
  }
}

/** Matches `#[forge::job]` and `#[job]`, but not `#[sqlx::query]`. */
function findKind(attributes: Meta[]): { kind: RustFunction['kind']; attribute: Meta } | null {
  for (const attribute of attributes) {
    const { path } = attribute
    const kind = kinds.find((kind) => kind === lastOf(path))
    if (kind && (path === kind || path === `forge::${kind}`)) return { kind, attribute }
  }
  return null
}

function readParam({ node }: AnnotatedNode, source: Source): RustParam[] {
  const type = node.childForFieldName('type')
  const pattern = node.childForFieldName('pattern')
  if (node.type !== 'parameter' || !type || !pattern) return []
  return [
    {
      pattern: pattern.type === 'identifier' ? readName(pattern.text) : null,
      type: readType(type, source),
      isReference: type.type === 'reference_type',
      isBracketed: type.type === 'tuple_type',
      place: source.placeAt(pattern.startIndex),
    },
  ]
}
