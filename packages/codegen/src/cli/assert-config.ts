import { type Config, cases, targets } from '../config.ts'
import { GenerateFailed } from '../errors.ts'

/** Throws {@link GenerateFailed} for the first setting of a config that is unknown or wrong. */
export function assertConfig(value: unknown, path: string): asserts value is Config {
  if (!isRecord(value)) {
    throw new GenerateFailed(
      `${path} exports no config: write \`export default defineConfig({ … })\``,
    )
  }
  for (const [key, given] of Object.entries(value)) {
    const rule = rules.get(key)
    if (!rule) {
      const known = [...rules.keys()].join(', ')
      throw new GenerateFailed(`${path}: \`${key}\` is not known: there are ${known}`)
    }
    if (!rule.holds(given)) {
      throw new GenerateFailed(
        `${path}: \`${key}\` is ${JSON.stringify(given)}: give ${rule.wanted}`,
      )
    }
  }
}

/** True for a text that can be a complete type. */
function isTypeText(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[^\s&,;)\]}>][^\n]*$/.test(value)) return false
  return !/[|&,=<([{]\s*$/.test(value) && isBalanced(value)
}

function isBalanced(text: string): boolean {
  const closing: Record<string, string> = { ')': '(', ']': '[', '}': '{', '>': '<' }
  const open: string[] = []
  for (const [bracket] of text.replaceAll('=>', '').matchAll(/[()[\]{}<>;]/g)) {
    const opening = closing[bracket]
    // A semicolon separates members; outside braces it would end the statement.
    if (bracket === ';') {
      if (open.at(-1) !== '{') return false
    } else if (opening === undefined) open.push(bracket)
    else if (open.pop() !== opening) return false
  }
  return open.length === 0
}

const isString = (value: unknown) => typeof value === 'string'
const oneOf = (words: readonly string[]): Rule => ({
  holds: (value: unknown) => words.some((word) => word === value),
  wanted: `one of ${words.join(', ')}`,
})

interface Rule {
  holds: (value: unknown) => boolean
  wanted: string
}

const ruleFor: Record<keyof Config, Rule> = {
  from: { holds: isString, wanted: 'the path of a folder' },
  target: oneOf(targets),
  out: { holds: isString, wanted: 'the path of a folder' },
  case: oneOf(cases),
  types: {
    holds: (value) => isRecord(value) && Object.values(value).every(isTypeText),
    wanted:
      "TypeScript by the names of Rust types, each as text: { Url: 'string', Point: '{ x: number; y: number }' }",
  },
  exclude: {
    holds: (value) => Array.isArray(value) && value.every(isString),
    wanted: 'a list of paths',
  },
}
const rules = new Map<string, Rule>(Object.entries(ruleFor))

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
