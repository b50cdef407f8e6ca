import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { maxLines, tooLong } from './length.mjs'

const lines = (count) => 'x\n'.repeat(count)

test('a file may have as many lines as are allowed', () => {
  equal(tooLong('src/a.ts', lines(maxLines)), undefined)
})

test('a longer file is found, with its length', () => {
  equal(
    tooLong('src/a.ts', lines(maxLines + 1)),
    'has 221 lines, and may have 220: split it by subject',
  )
})

test('generated files and texts may be longer', () => {
  equal(tooLong('packages/codegen/test/forge/generated/api.ts', lines(999)), undefined)
  equal(tooLong('PROTOCOL.md', lines(999)), undefined)
})
