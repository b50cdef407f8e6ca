import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { statuses } from '../../packages/gateway/src/refusals/codes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const pagesIn = (path: string): string[] =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -'.md'.length))
    .sort()

/** The page of codes that carry a status, such as `HTTP_502`. */
const withStatus = 'HTTP_STATUS'
const codes = pagesIn('docs/errors').filter((code) => code !== withStatus)
const classes = pagesIn('docs/errors/classes')

describe('each code has a page', () => {
  it.each(Object.entries(statuses))('%s, with its status %i', (code, status) => {
    expect(codes).toContain(code)
    expect(read(`docs/errors/${code}.md`)).toContain(`HTTP status ${status}`)
  })

  it('and so has each that the client makes', () => {
    const made = sourcesOf('core').flatMap((source) => [
      ...source.matchAll(/(?:noAnswer\(|\bcode[:=] |RpcError\(\w+, |\bcode = )'([A-Z_]+)'/g),
    ])
    const names = new Set(made.map(([, code]) => code))
    expect(names.size).toBeGreaterThan(5)
    expect([...names].filter((code) => !codes.includes(code ?? ''))).toEqual([])
  })

  it('and so has each that the gateway sends on a stream', () => {
    const sent = sourcesOf('gateway').flatMap((source) => [
      ...source.matchAll(/\bcode: '([A-Z_]{6,})',$/gm),
    ])
    expect(sent.length).toBeGreaterThan(1)
    expect(sent.map(([, code]) => code).filter((code) => !codes.includes(code ?? ''))).toEqual([])
  })
})

it('each exported class has a page', () => {
  const reports = ['core', 'gateway', 'codegen', 'react', 'vue', 'svelte'].flatMap((name) =>
    readdirSync(join(root, `packages/${name}/api`)).map((file) =>
      read(`packages/${name}/api/${file}`),
    ),
  )
  const exported = reports.flatMap((report) => [
    ...report.matchAll(/^export class (\w+) extends (?:\w*Error) /gm),
  ])
  expect([...new Set(exported.map(([, name]) => name))].sort()).toEqual(classes)
})

it.each([
  ...codes.map((code) => `errors/${code}.md`),
  ...classes.map((name) => `errors/classes/${name}.md`),
])('%s is in the index, and says what happened, why, and what to do', (page) => {
  expect(read('docs/errors.md')).toContain(`(${page})`)
  expect(read(`docs/${page}`)).toMatch(
    /^# `\w+`\n\n[^#]+\n\n## Why it happens\n\n[^#]+## What to do\n\n./,
  )
})

/** The sources of a package, without its tests. */
function sourcesOf(name: string): string[] {
  return readdirSync(join(root, `packages/${name}/src`), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.ts$/.test(path))
    .map((path) => read(`packages/${name}/src/${path}`))
}
