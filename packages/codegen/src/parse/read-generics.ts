import type { Node } from 'web-tree-sitter'
import { partsOf, readName, readType } from './read-type.ts'
import type { Generic } from './rust.ts'
import type { Source } from './source.ts'

/** The parameters of a type or a function, without lifetimes and bounds. */
export function readGenerics(item: Node, source: Source): Generic[] {
  const list = item.childForFieldName('type_parameters')
  if (!list) return []
  return partsOf(list).flatMap((param): Generic[] => {
    const name = param.childForFieldName('name')
    if (!name || param.type === 'lifetime_parameter') return []
    const given = param.type === 'type_parameter' ? param.childForFieldName('default_type') : null
    return [
      {
        kind: param.type === 'const_parameter' ? 'const' : 'type',
        name: readName(name.text),
        default: given ? readType(given, source) : null,
      },
    ]
  })
}
