import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { missingFiles } from './flows.mjs'

const files = new Set([
  'packages/core/src/client.ts',
  'packages/react/src/use-job.ts',
  'packages/core/src/protocol/encode.ts',
])
const read = (path) => (files.has(path) ? '' : undefined)
const page = (rows) => `# Architecture

### 1. Frame → pixel

In \`core/src\`, then \`react/src\`.

| file | task |
| --- | --- |
${rows}

### 2. Elsewhere

In \`gateway/src\`.

| file | task |
| --- | --- |
| \`core/src/protocol/encode.ts\` | writes |
`

test('files of the named folders are found', () => {
  const rows = '| `client.ts`, `use-job.ts` | render |'
  deepEqual(missingFiles(page(rows), read), [])
})

test('a file that does not exist is named', () => {
  const rows = '| `client.ts`, `moved.ts` | render `gone.ts` |'
  deepEqual(missingFiles(page(rows), read), ['the flow names moved.ts, which does not exist'])
})
