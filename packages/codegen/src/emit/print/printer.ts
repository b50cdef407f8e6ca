/**
 * Text with places where it may break. Printed on one line where that fits, else broken at the outermost
 * places first.
 *
 * @see Philip Wadler, "A prettier printer", 2003
 */
export type Doc =
  | string
  | readonly Doc[]
  /** A place to break: when it does not, `flat` stands there. */
  | { type: 'line'; flat: string; isHard: boolean }
  | { type: 'indent'; doc: Doc }
  /** Breaks at all its own places, or at none. */
  | { type: 'group'; doc: Doc; isBroken: boolean }
  | { type: 'ifBroken'; broken: Doc; flat: Doc }

const columns = 100

/** A space, or a new line. */
export const line: Doc = { type: 'line', flat: ' ', isHard: false }
/** Nothing, or a new line. */
export const softline: Doc = { type: 'line', flat: '', isHard: false }
/** A new line: whatever is around it breaks, too. */
export const hardline: Doc = { type: 'line', flat: '', isHard: true }

/** What stands two columns further in, when it is broken. */
export function indent(...doc: Doc[]): Doc {
  return { type: 'indent', doc }
}

/** What breaks at all its own places, or at none. */
export function group(...doc: Doc[]): Doc {
  return { type: 'group', doc, isBroken: hasHardline(doc) }
}

/** One text when the group around it is broken, and another when it is not. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { type: 'ifBroken', broken, flat }
}

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

/** A string literal, in the quotes that need fewer escapes. */
export function quote(text: string): string {
  const json = JSON.stringify(text)
  const doubles = text.split('"').length
  if (text.split("'").length > doubles) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** How long a doc is on one line. */
export function widthOf(doc: Doc): number {
  if (typeof doc === 'string') return doc.length
  if (isDocs(doc)) return doc.reduce<number>((sum, inner) => sum + widthOf(inner), 0)
  if (doc.type === 'line') return doc.flat.length
  return widthOf(doc.type === 'ifBroken' ? doc.flat : doc.doc)
}

interface Command {
  indent: number
  isBroken: boolean
  doc: Doc
}

/** The text of a doc, no wider than 100 columns where that is possible. */
export function print(doc: Doc): string {
  // Line by line: to cut spaces off the end of all that has been written takes longer with each line.
  const lines: string[] = []
  let text = ''
  let column = 0
  const commands: Command[] = [{ indent: 0, isBroken: true, doc }]
  for (let next = commands.pop(); next; next = commands.pop()) {
    const { indent, isBroken, doc } = next
    if (typeof doc === 'string') {
      text += doc
      column += doc.length
    } else if (isDocs(doc)) {
      commands.push(...doc.map((inner) => ({ ...next, doc: inner })).reverse())
    } else if (doc.type === 'line') {
      if (isBroken) lines.push(text.replace(/ +$/, ''))
      text = isBroken ? ' '.repeat(indent) : text + doc.flat
      column = isBroken ? indent : column + doc.flat.length
    } else if (doc.type === 'indent') {
      commands.push({ ...next, indent: indent + 2, doc: doc.doc })
    } else if (doc.type === 'ifBroken') {
      commands.push({ ...next, doc: isBroken ? doc.broken : doc.flat })
    } else {
      const flat = { indent, isBroken: false, doc: doc.doc }
      const fitsHere = !doc.isBroken && fits(columns - column, flat, commands)
      commands.push(fitsHere ? flat : { ...flat, isBroken: true })
    }
  }
  return [...lines, text].join('\n')
}

/** Whether what comes next, up to the first place where a line may end, fits. */
function fits(width: number, first: Command, rest: readonly Command[]): boolean {
  let left = width
  let at = rest.length
  const commands = [first]
  while (left >= 0) {
    const next = commands.pop() ?? rest[--at]
    if (!next) return true
    const { isBroken, doc } = next
    if (typeof doc === 'string') left -= doc.length
    else if (isDocs(doc)) commands.push(...doc.map((inner) => ({ ...next, doc: inner })).reverse())
    else if (doc.type === 'line') {
      if (isBroken || doc.isHard) return true
      left -= doc.flat.length
    } else if (doc.type === 'ifBroken') {
      commands.push({ ...next, doc: isBroken ? doc.broken : doc.flat })
    } else {
      const isGroupBroken = doc.type === 'group' && doc.isBroken
      commands.push({ ...next, isBroken: isBroken || isGroupBroken, doc: doc.doc })
    }
  }
  return false
}

function hasHardline(doc: Doc): boolean {
  if (typeof doc === 'string') return false
  if (isDocs(doc)) return doc.some(hasHardline)
  if (doc.type === 'line') return doc.isHard
  if (doc.type === 'group') return doc.isBroken
  return hasHardline(doc.type === 'ifBroken' ? doc.broken : doc.doc)
}

function isDocs(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc)
}
