import { type Doc, group, hardline, ifBroken, indent, line, softline } from './doc.ts'

/** Docs with a separator between them. */
export function join(between: Doc, docs: readonly Doc[]): Doc {
  return docs.map((doc, at) => (at === 0 ? doc : [between, doc]))
}

/** A list in brackets: on one line, or one item on each line with a trailing comma. */
export function list(open: string, docs: readonly Doc[], close: string): Doc {
  if (docs.length === 0) return open + close
  return group(open, indent(softline, join([',', line], docs)), ifBroken(','), softline, close)
}

/** Parameters and a return type. Where they do not fit on one line, each parameter has its own. */
export function signature(params: readonly Doc[], returns: Doc): Doc {
  const after: Doc = ['): ', returns]
  if (params.length === 0) return ['(', after]
  return group('(', indent(softline, join([',', line], params)), ifBroken(','), softline, after)
}

/** A call whose last argument is an arrow function; it breaks inside that function. */
export function callWithArrow(callee: string, args: readonly Doc[], head: Doc, body: Doc): Doc {
  const before = args.map((arg) => [arg, ', '])
  return group(
    [callee, '(', before, head, ' =>'],
    [indent(line, body), ifBroken(','), softline, ')'],
  )
}

/** An `if` with one statement; in a block where both do not fit on one line. */
export function ifThen(test: string, statement: Doc): Doc {
  return group(
    [`if (${test}) `, ifBroken('{')],
    [indent(softline, statement), softline, ifBroken('}')],
  )
}

/** An object literal: on one line, or one member on each line with a trailing comma. */
export function braces(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '{}'
  return group('{', indent(line, join([',', line], docs)), ifBroken(','), line, '}')
}

/** A destructuring pattern that ends in `...rest`, which allows no trailing comma. */
export function restPattern(names: readonly string[]): Doc {
  return group('{', indent(line, join([',', line], [...names, '...rest'])), line, '}')
}

/** An object type: on one line with semicolons, or one member on each line. */
export function typeBraces(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '{}'
  return group('{', indent(line, join([ifBroken('', ';'), line], docs)), line, '}')
}

/** Members in braces, one on each line. */
export function block(docs: readonly Doc[], end: ',' | '' = ''): Doc {
  if (docs.length === 0) return '{}'
  return ['{', indent(docs.map((doc) => [hardline, doc, end])), hardline, '}']
}

/** A doc comment with its line end; empty without lines. */
export function comment(docs: readonly string[]): Doc {
  const lines = docs.map((text) => text.trimEnd().replaceAll('*/', '*\\/'))
  if (lines.length === 0) return ''
  if (lines.length === 1) return [`/** ${lines[0]?.trim()} */`, hardline]
  return ['/**', lines.map((text) => [hardline, ` * ${text}`.trimEnd()]), hardline, ' */', hardline]
}
