import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { errorsIn } from './compile.mjs'
import { snippetsOf } from './snippets.mjs'

const page = `# A page

\`\`\`sh
not typescript
\`\`\`

\`\`\`ts
const size: number = tmpdir()
exec('true', () => { … })
\`\`\`

\`\`\`vue
<script setup lang="ts">
const n: number = 'text'
</script>

<template>{{ n }}</template>
\`\`\`

**React**

\`\`\`tsx
import { freemem as tmpdir } from 'node:os'
const size: number = tmpdir()

<p>{size}</p>
\`\`\`
`

test('the code of a page is found with its lines, of a component its script, and its tab', () => {
  const found = snippetsOf(page).map(({ extension, line, tab }) => `${extension} ${line} ${tab}`)
  assert.deepEqual(found, ['ts 8 undefined', 'ts 13 undefined', 'tsx 23 React'])
})

test('errors name the line of the page, and what a page imports counts before the modules', () => {
  const modules = ['node:os', 'node:child_process']
  const snippets = snippetsOf(page).map((snippet) => ({ page: 'a.md', modules, ...snippet }))
  const errors = errorsIn(snippets, {
    folder: fileURLToPath(new URL('.', import.meta.url)),
    options: {
      strict: true,
      noEmit: true,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node', 'react'],
    },
    replaced: {},
  })
  assert.deepEqual(errors, [
    "a.md:8 Type 'string' is not assignable to type 'number'.",
    "a.md:14 Type 'string' is not assignable to type 'number'.",
  ])
})
