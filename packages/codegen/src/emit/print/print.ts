import { type Doc, isDocs } from './doc.ts'

const columns = 100

interface Command {
  indent: number
  isBroken: boolean
  doc: Doc
}

/** Prints a doc, at most 100 columns wide where possible. */
export function print(doc: Doc): string {
  // Line by line, since trimming the whole text at each line end would take quadratic time.
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

/** True where the text fits up to the first place where a line may end. */
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
