import { describe, expect, it } from 'vitest'
import { group, hardline, indent, line } from './doc.ts'
import { braces, comment, list } from './layouts.ts'
import { quote } from './literals.ts'
import { print } from './print.ts'

const long = 'a'.repeat(60)

describe('a group', () => {
  it('stands on one line where that fits', () => {
    expect(print(list('(', ['a', 'b'], ')'))).toBe('(a, b)')
  })

  it('breaks at all its places where it does not, outer ones first', () => {
    const doc = list('(', [list('[', ['a', 'b'], ']'), long, long], ')')
    expect(print(doc)).toBe(`(\n  [a, b],\n  ${long},\n  ${long},\n)`)
  })

  it('breaks when a line inside of it has to end', () => {
    expect(print(braces(['a: 1', ['b:', hardline, '2']]))).toBe('{\n  a: 1,\n  b:\n  2,\n}')
  })

  it('counts what follows it on the same line', () => {
    const doc = [group('f(', indent(line, long), ')'), 'b'.repeat(38)]
    expect(print(doc)).toBe(`f(\n  ${long})${'b'.repeat(38)}`)
  })
})

describe('a string', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", '"it\'s"'],
    ['say "no"', `'say "no"'`],
    [`it's "no"`, `'it\\'s "no"'`],
    ['a\\b\n', "'a\\\\b\\n'"],
    ['', "''"],
  ])('of %j', (text, expected) => {
    expect(quote(text)).toBe(expected)
    expect(new Function(`return ${expected}`)()).toBe(text)
  })
})

describe('a doc comment', () => {
  it.each([
    [[], ''],
    [['One line.'], '/** One line. */\n'],
    [['Ends */ early.'], '/** Ends *\\/ early. */\n'],
    [['Two', '', '  lines.'], '/**\n * Two\n *\n *   lines.\n */\n'],
  ])('of %j', (docs, expected) => {
    expect(print(comment(docs))).toBe(expected)
  })
})
