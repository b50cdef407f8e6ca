import type { Changes } from '../model/changes.ts'
import { type Member, type Members, membersOf } from '../model/members.ts'
import { expand, type Model } from '../model/model.ts'
import { isRecursive } from '../model/recursive.ts'
import { type ObjectShape, optionsOf, type Shape, stripOptions } from '../model/shapes.ts'
import { sent, type Usage } from '../model/usage.ts'
import { type Doc, group, ifBroken, indent, line, softline } from '../print/doc.ts'
import { comment, join, list, typeBraces } from '../print/layouts.ts'
import { key, quote } from '../print/literals.ts'

/** The way a file refers to types. */
export interface TypeWriter {
  model: Model
  /** The name of a type in this file. A file that does not declare the type imports it. */
  nameOf(name: string): string
  /** The name of a type parameter in this file. */
  paramOf(name: string): string
  /** Set for types of the wire: members have the wire's names, and keys of maps are strings. */
  wire?: Changes
}

/** A type as TypeScript text. */
export function typeDoc(writer: TypeWriter, shape: Shape, usage: Usage = sent): Doc {
  const inner = (of: Shape): Doc => typeDoc(writer, of, usage)
  switch (shape.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'unknown':
      return shape.kind
    case 'unit':
      return 'null'
    case 'upload':
      return unionDoc(['File', 'Blob'])
    case 'literal':
      return quote(shape.value)
    case 'option': {
      const options = optionsOf(shape).map((of) =>
        of.kind === 'upload' ? 'File | Blob' : inner(of),
      )
      // A type with brackets of its own breaks inside them.
      const { kind } = stripOptions(shape)
      const hasBrackets = kind === 'named' || kind === 'map' || kind === 'object'
      return hasBrackets ? join(' | ', options) : unionDoc(options)
    }
    case 'list':
      return isPlain(shape.of) ? [inner(shape.of), '[]'] : ['(', inner(shape.of), ')[]']
    case 'tuple':
      return list('[', shape.of.map(inner), ']')
    case 'map':
      return mapDoc(writer, shape, inner(shape.value), usage)
    case 'named':
      return shape.args.length === 0
        ? writer.nameOf(shape.name)
        : [writer.nameOf(shape.name), typeArgs(shape.args.map(inner))]
    case 'param':
      return writer.paramOf(shape.name)
    case 'verbatim':
      return shape.text
    case 'object':
      return objectDoc(writer, shape, usage)
  }
}

/** Type arguments or parameters in angle brackets; empty without any. */
export function typeArgs(args: readonly Doc[]): Doc {
  if (args.length === 0) return ''
  const [only] = args
  if (args.length === 1 && only && isCompact(only)) return ['<', only, '>']
  return group('<', indent(softline, join([',', line], args)), softline, '>')
}

/** True for a plain name, and for an object, which breaks inside its own braces. */
function isCompact(doc: Doc): boolean {
  if (typeof doc === 'string') return true
  return 'type' in doc && doc.type === 'group' && Array.isArray(doc.doc) && doc.doc[0] === '{'
}

/** A union: on one line, or one member on each line. */
export function unionDoc(docs: readonly Doc[]): Doc {
  if (docs.length < 2) return docs
  return group(
    indent(
      softline,
      ifBroken('| '),
      join(
        [line, '| '],
        docs.map((doc) => indent(doc)),
      ),
    ),
  )
}

/** The members of an object type, each with its doc comment. */
export function memberDocs(writer: TypeWriter, members: readonly Member[], usage: Usage): Doc[] {
  return members.map((member) => [
    docsOf(writer, member.docs),
    key(writer.wire ? member.wireName : member.name),
    member.isOptional ? '?: ' : ': ',
    typeDoc(writer, member.shape, usage),
  ])
}

/** A doc comment. Types of the wire have none: only the converters read them. */
export function docsOf({ wire }: TypeWriter, docs: readonly string[]): Doc {
  return wire ? '' : comment(docs)
}

/**
 * The index signature of an object with a flattened map. Its type must allow the listed members
 * too.
 */
export function restDoc(writer: TypeWriter, { own, rest }: Members, usage: Usage): Doc[] {
  if (!rest) return []
  if (rest.kind === 'unknown') return ['[key: string]: unknown']
  const types = [rest, ...own.map(({ shape }) => shape)].map((shape) =>
    typeDoc(writer, shape, usage),
  )
  if (own.some(({ isOptional }) => isOptional)) types.push('undefined')
  const different = new Map(types.map((doc) => [JSON.stringify(doc), doc]))
  return [['[key: string]: ', unionDoc([...different.values()])]]
}

function objectDoc(writer: TypeWriter, object: ObjectShape, usage: Usage): Doc {
  const members = membersOf(writer.model, object.fields, usage, true)
  const docs = [...memberDocs(writer, members.own, usage), ...restDoc(writer, members, usage)]
  const types = members.parts.map((part) => partDoc(writer, part, usage))
  if (docs.length === 0 && types.length === 0) return 'Record<string, never>'
  return join(' & ', docs.length === 0 ? types : [typeBraces(docs), ...types])
}

/** A member of a union: an intersection stands in parentheses. */
export function optionDoc(writer: TypeWriter, shape: Shape, usage: Usage): Doc {
  const doc = typeDoc(writer, shape, usage)
  if (shape.kind !== 'object') return doc
  const { own, rest, parts } = membersOf(writer.model, shape.fields, usage, true)
  const isIntersection = parts.length + (own.length > 0 || rest ? 1 : 0) > 1
  return isIntersection ? ['(', doc, ')'] : doc
}

/** A flattened type, as a part of the intersection that is its object's type. */
export function partDoc(writer: TypeWriter, part: Shape, usage: Usage): Doc {
  // A flattened `Option` may lack every member.
  if (part.kind === 'option') return ['Partial', typeArgs([typeDoc(writer, part.of, usage)])]
  const doc = typeDoc(writer, part, usage)
  return isPlain(part) ? doc : ['(', doc, ')']
}

function mapDoc(
  writer: TypeWriter,
  { key, value }: Extract<Shape, { kind: 'map' }>,
  valueDoc: Doc,
  usage: Usage,
): Doc {
  const known = expand(writer.model, key)
  const isCircular = isRecursive(writer.model, value)
  const isEnum = known.kind === 'named' && writer.model.find(known.name)?.form === 'enum'
  if (!isEnum || writer.wire?.of(value, usage)) {
    return isCircular
      ? typeBraces([['[key: string]: ', valueDoc]])
      : ['Record', typeArgs(['string', valueDoc])]
  }
  if (isCircular) return typeBraces([['[key in ', typeDoc(writer, key), ']?: ', valueDoc]])
  // A map need not have every variant as a key.
  return ['Partial', typeArgs([['Record', typeArgs([typeDoc(writer, key), valueDoc])]])]
}

/** True where the text can stand before `[]` or beside `&` without parentheses. */
function isPlain(shape: Shape): boolean {
  if (shape.kind === 'verbatim') return /^[\w.]+(<[^|&>]*>)?$/.test(shape.text)
  return shape.kind !== 'upload' && optionsOf(shape).length === 1
}
