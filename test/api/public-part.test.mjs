import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { parseReport, publicPart } from './public-part.mjs'

const partOf = (body, elsewhere = []) =>
  publicPart(parseReport(`# Title\n\n\`\`\`ts\n\n${body}\n\n\`\`\`\n`), new Set(elsewhere))

test('exports stay, with the declarations that they refer to', () => {
  const options = 'interface Options extends Base {\n    url: string;\n}'
  const create = 'export function create(options: Options): typeof version;'
  const all = [options, 'interface Base {\n}', create, 'const version: string;']
  deepEqual(partOf(all.join('\n\n')), all)
})

test('a declaration that no export refers to is left out, also when a member has its name', () => {
  const client = 'export interface Client {\n    watch(): void;\n}'
  deepEqual(partOf(`${client}\n\nfunction watch(cell: Cell): void;\n\nclass Cell {\n}`), [client])
})

test('a declaration that another entry point exports is left out', () => {
  const create = 'export function create(client: Client): void;'
  deepEqual(partOf(`${create}\n\ninterface Client {\n}`, ['Client']), [create])
})

test('a name that is exported on a line of its own is an export', () => {
  const worker = ['interface Worker_2 {\n}', 'export { Worker_2 as Worker }']
  deepEqual(partOf(worker.join('\n\n')), worker)
})

test('comments are left out, but for words such as @deprecated', () => {
  const body = `// @public (undocumented)
export type Status =
/** It works. */
'open'
/** It does not. */
| 'closed';

// @public @deprecated
export interface Old {
    // (undocumented)
    id: string;
}

// (No @packageDocumentation comment for this package)`
  deepEqual(partOf(body), [
    "export type Status =\n'open'\n| 'closed';",
    '// @deprecated\nexport interface Old {\n    id: string;\n}',
  ])
})
