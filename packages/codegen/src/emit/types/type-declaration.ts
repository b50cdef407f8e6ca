import { compareNames } from '../../names.ts'
import type { TypeSchema } from '../../schema.ts'
import { membersOf } from '../model/members.ts'
import type { Model } from '../model/model.ts'
import { toTypeName } from '../model/naming.ts'
import { optionsOf, variantShape } from '../model/shapes.ts'
import { sent, type Usage } from '../model/usage.ts'
import { type Doc, hardline, indent } from '../print/doc.ts'
import { block, comment, join } from '../print/layouts.ts'
import type { EmittedFunction } from './emitted-function.ts'
import {
  docsOf,
  memberDocs,
  optionDoc,
  partDoc,
  restDoc,
  type TypeWriter,
  typeArgs,
  typeDoc,
  unionDoc,
} from './type-doc.ts'

/** Declares a type: as an interface where TypeScript allows it, else as an alias. */
export function typeDeclaration(
  writer: TypeWriter,
  type: TypeSchema,
  declaredName: string,
  usage: Usage,
): Doc {
  const name: Doc = [declaredName, typeArgs(type.params.map(writer.paramOf))]
  switch (type.form) {
    case 'alias':
      return [docsOf(writer, type.docs), alias(writer, name, typeDoc(writer, type.type, usage))]
    case 'enum':
      return enumDeclaration(writer, type, name, usage)
    case 'object': {
      const members = membersOf(writer.model, type.fields, usage)
      const { own, parts } = members
      const docs = [...memberDocs(writer, own, usage), ...restDoc(writer, members, usage)]
      if (docs.length === 0 && parts.length === 0) {
        return [docsOf(writer, type.docs), alias(writer, name, 'Record<string, never>')]
      }
      if (parts.length === 0)
        return [docsOf(writer, type.docs), exported(writer), 'interface ', name, ' ', block(docs)]
      const types = parts.map((part) => partDoc(writer, part, usage))
      const all = docs.length === 0 ? types : [block(docs), ...types]
      return [docsOf(writer, type.docs), exported(writer), 'type ', name, ' = ', join(' & ', all)]
    }
  }
}

/** Declares every type, and every named arguments interface, sorted by name. */
export function typesDeclarations(model: Model, functions: readonly EmittedFunction[]): Doc[] {
  const writer = createWriter(model)
  const types = model.types.map((type): [name: string, doc: Doc] => {
    const name = toTypeName(type.name)
    return [name, typeDeclaration(writer, type, name, model.usageOf(type.name))]
  })
  const args = functions.flatMap(({ schema, args, argsName }): [name: string, doc: Doc][] => {
    if (argsName === null || args?.kind !== 'object') return []
    const members = memberDocs(writer, membersOf(model, args.fields, sent).own, sent)
    const docs = comment([`The arguments of \`${schema.name}\`.`])
    return [[argsName, [docs, `export interface ${argsName} `, block(members)]]]
  })
  return [...types, ...args].toSorted(([a], [b]) => compareNames(a, b)).map(([, doc]) => doc)
}

function createWriter(model: Model): TypeWriter {
  return { model, nameOf: toTypeName, paramOf: (name) => name }
}

function enumDeclaration(
  writer: TypeWriter,
  type: TypeSchema & { form: 'enum' },
  name: Doc,
  usage: Usage,
): Doc {
  const [only, second] = type.variants
  if (!only) return [docsOf(writer, type.docs), alias(writer, name, 'never')]
  if (!second) {
    const doc = typeDoc(writer, variantShape(type.tagging, only), usage)
    return [docsOf(writer, [...type.docs, ...only.docs]), alias(writer, name, doc)]
  }
  const docs = type.variants.flatMap((variant) =>
    optionsOf(variantShape(type.tagging, variant)).map((shape, at) => ({
      docs: at === 0 && !writer.wire ? variant.docs : [],
      type: optionDoc(writer, shape, usage),
    })),
  )
  const different = [...new Map(docs.map((doc) => [JSON.stringify(doc.type), doc])).values()]
  if (different.every(({ docs }) => docs.length === 0)) {
    return [
      docsOf(writer, type.docs),
      alias(writer, name, unionDoc(different.map(({ type }) => type))),
    ]
  }
  const lines = different.map(({ docs, type }) => [hardline, comment(docs), '| ', indent(type)])
  return [docsOf(writer, type.docs), exported(writer), 'type ', name, ' =', indent(lines)]
}

function alias(writer: TypeWriter, name: Doc, type: Doc): Doc {
  return [exported(writer), 'type ', name, ' = ', type]
}

/** Types of the wire stay private to the file that converts them. */
function exported({ wire }: TypeWriter): Doc {
  return wire ? '' : 'export '
}
