import { type Doc, group, hardline, ifBroken, indent, line, softline } from './doc.ts'

/** Docs with something between them. */
export function join(between: Doc, docs: readonly Doc[]): Doc {
  return docs.map((doc, at) => (at === 0 ? doc : [between, doc]))
}

/** Things in brackets, apart by commas: on one line, or one on each with a comma behind it. */
export function list(open: string, docs: readonly Doc[], close: string): Doc {
  if (docs.length === 0) return open + close
  return group(open, indent(softline, join([',', line], docs)), ifBroken(','), softline, close)
}

/** Parameters and what is returned: when not all of it fits on one line, each parameter has its own. */
export function signature(params: readonly Doc[], returns: Doc): Doc {
  const after: Doc = ['): ', returns]
  if (params.length === 0) return ['(', after]
  return group('(', indent(softline, join([',', line], params)), ifBroken(','), softline, after)
}

/** A call whose last argument is a function, which breaks inside of that. */
export function callWithArrow(callee: string, args: readonly Doc[], head: Doc, body: Doc): Doc {
  const before = args.map((arg) => [arg, ', '])
  return group(
    [callee, '(', before, head, ' =>'],
    [indent(line, body), ifBroken(','), softline, ')'],
  )
}

/** A statement and when it is done: in a block, where both do not fit on one line. */
export function ifThen(test: string, statement: Doc): Doc {
  return group(
    [`if (${test}) `, ifBroken('{')],
    [indent(softline, statement), softline, ifBroken('}')],
  )
}

/** Things in braces, apart by commas: on one line, or one on each with a comma behind it. */
export function braces(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '{}'
  return group('{', indent(line, join([',', line], docs)), ifBroken(','), line, '}')
}

/** Names that are taken out of an object, and the rest of it: nothing may stand behind that, not even a comma. */
export function restPattern(names: readonly string[]): Doc {
  return group('{', indent(line, join([',', line], [...names, '...rest'])), line, '}')
}

/** Members of a type in braces: on one line, apart by semicolons, or one on each. */
export function typeBraces(docs: readonly Doc[]): Doc {
  if (docs.length === 0) return '{}'
  return group('{', indent(line, join([ifBroken('', ';'), line], docs)), line, '}')
}

/** Members in braces, one on each line. */
export function block(docs: readonly Doc[], end: ',' | '' = ''): Doc {
  if (docs.length === 0) return '{}'
  return ['{', indent(docs.map((doc) => [hardline, doc, end])), hardline, '}']
}

/** The lines of a doc comment, and the end of the last one; nothing when there are none. */
export function comment(docs: readonly string[]): Doc {
  const lines = docs.map((text) => text.trimEnd().replaceAll('*/', '*\\/'))
  if (lines.length === 0) return ''
  if (lines.length === 1) return [`/** ${lines[0]?.trim()} */`, hardline]
  return ['/**', lines.map((text) => [hardline, ` * ${text}`.trimEnd()]), hardline, ' */', hardline]
}
