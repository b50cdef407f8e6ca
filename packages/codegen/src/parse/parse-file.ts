import type { Node, Parser } from 'web-tree-sitter'
import { type AnnotatedNode, allAnnotatedNodes } from './annotated-nodes.ts'
import { isTestOnly, readAttribute } from './attributes.ts'
import { crateOf, moduleOf } from './modules.ts'
import { readAlias } from './read-alias.ts'
import { readEnum } from './read-enum.ts'
import { readFunction } from './read-function.ts'
import { readStruct } from './read-struct.ts'
import { readName } from './read-type.ts'
import { readUse } from './read-use.ts'
import type { RustFile, Scope } from './rust.ts'
import { type Source, type SourceFile, toSource } from './source.ts'
import { findSyntaxError } from './syntax-errors.ts'

/** Parses the declarations of a file, at its top and in its inline modules. */
export function parseFile(parser: Parser, given: SourceFile): RustFile {
  const source = toSource(given)
  const crate = crateOf(source.path)
  const module = moduleOf(source.path)
  const file: RustFile = {
    functions: [],
    types: [],
    scopes: [],
    problems: [],
    testModules: [],
    crate,
    module,
  }
  const tree = parser.parse(source.text)
  if (!tree) return file
  try {
    file.problems = findSyntaxError(tree.rootNode, source)
    if (file.problems.length === 0) readItems(tree.rootNode, module, null, source, file)
    return file
  } catch (error) {
    // A syntax tree thousands of levels deep overflows the stack.
    if (!(error instanceof RangeError)) throw error
    const place = source.placeAt(0)
    const message = 'Something in this file is nested too deeply to be read'
    return { ...file, problems: [{ place, message, hint: tooDeepHint }] }
  } finally {
    tree.delete()
  }
}

const tooDeepHint = 'Split it, or name the file under `exclude` in the config.'

function readItems(
  list: Node,
  module: string[],
  around: Scope | null,
  source: Source,
  file: RustFile,
): void {
  const children = list.namedChildren
  const inner = children.filter(({ type }) => type === 'inner_attribute_item')
  if (isTestOnly(inner.flatMap((node) => readAttribute(node, source)))) return

  const scope: Scope = {
    crate: file.crate,
    module,
    names: new Map(),
    exported: new Set(),
    outer: null,
  }
  file.scopes.push(scope)
  for (const node of children) {
    if (node.type !== 'use_declaration') continue
    const used = readUse(node, module)
    for (const [name, path] of used) {
      scope.names.set(name, path)
      if (isExported(node)) scope.exported.add(name)
    }
    if (/\bsuper\s*::\s*\*/.test(node.text)) scope.outer = around
  }
  for (const member of allAnnotatedNodes(list, source)) readItem(member, scope, source, file)
}

function isExported(node: Node): boolean {
  return node.namedChildren.some(({ type }) => type === 'visibility_modifier')
}

function readItem(member: AnnotatedNode, scope: Scope, source: Source, file: RustFile): void {
  const { node, attributes } = member
  if (node.type === 'mod_item') {
    const name = node.childForFieldName('name')
    const body = node.childForFieldName('body')
    if (!name) return
    const module = [...scope.module, readName(name.text)]
    if (isTestOnly(attributes)) file.testModules.push(module)
    else if (body) readItems(body, module, scope, source, file)
  } else if (isTestOnly(attributes)) {
    return
  } else if (node.type === 'function_item') {
    const read = readFunction(member, scope, source)
    if (read) file.functions.push(read)
  } else {
    const read = typeReaders[node.type]?.(member, scope, source)
    if (read) file.types.push(read)
  }
}

const typeReaders: Record<string, typeof readStruct> = {
  struct_item: readStruct,
  enum_item: readEnum,
  type_item: readAlias,
}
