import { join } from 'node:path'
import { expect, it } from 'vitest'
import { assertConfig } from '../../src/cli/assert-config.ts'
import { loadConfig } from '../../src/cli/load-config.ts'
import { createFolder } from '../support/folder.ts'

const config = { from: 'back', target: 'vue', out: 'front', types: { Url: 'string' } }

it.each([
  [
    'headway.config.ts',
    `const target: string = 'vue'; export default { ...${JSON.stringify(config)}, target }`,
  ],
  ['headway.config.js', `module.exports = ${JSON.stringify(config)}`],
  ['headway.config.mjs', `export default ${JSON.stringify(config)}`],
  ['headway.config.json', JSON.stringify(config)],
])('is read from %s, its paths from there', async (name, text) => {
  const { path } = await createFolder({ [name]: text })
  const expected = { ...config, from: join(path, 'back'), out: join(path, 'front') }
  expect(await loadConfig(path)).toEqual(expected)
})

it('is read from where it is said to be', async () => {
  const { path } = await createFolder({ 'web/my.json': JSON.stringify(config) })
  expect(await loadConfig(path, 'web/my.json')).toMatchObject({ out: join(path, 'web/front') })
})

it('is empty when there is none', async () => {
  expect(await loadConfig((await createFolder()).path)).toEqual({})
})

it.each<[text: string, message: RegExp]>([
  ['export default 3', /exports no config/],
  ['export default { form: "x" }', /`form` is not known: there are from, target, out/],
  ['export default { constructor: "x" }', /`constructor` is not known/],
  [
    'export default { target: "solid" }',
    /`target` is "solid": give one of svelte, react, vue, core/,
  ],
  ...['3', '{ href: "string" }'].map((type): [string, RegExp] => [
    `export default { types: { Url: ${type} } }`,
    /`types` is .*: give TypeScript by the names of Rust types, each as text: { Url: 'string', Point: '{ x/,
  ]),
  ...[
    '',
    'string |',
    '{ a: string',
    'Map<string, number',
    'a; b',
    '[a; b]',
    '{ a: string }; b',
    ') => void',
    '& B',
  ].map((type): [string, RegExp] => [
    `export default { types: { Url: ${JSON.stringify(type)} } }`,
    /`types` is .*: give TypeScript by the names of Rust types/,
  ]),
  ['export default { exclude: "x" }', /`exclude` is "x": give a list of paths/],
  ['throw new Error("no")', /cannot be loaded: no/],
])('is refused: %s', async (text, message) => {
  const { path } = await createFolder({ 'headway.config.mjs': text })
  await expect(loadConfig(path)).rejects.toThrow(message)
})

it('says so when it is not where it is said to be', async () => {
  const { path } = await createFolder()
  await expect(loadConfig(path, 'my.json')).rejects.toThrow('There is no config at my.json')
})

it('is a config when nothing is wrong with it', () => {
  expect(() => assertConfig({}, 'headway.config.ts')).not.toThrow()
})

it.each([
  'string',
  "| 'a' | 'b'",
  '{ a: [string, number] }',
  '{ x: number; y: { z: string; } }',
  'Array<{ a: string; b: number }>',
  '(value: string) => void',
  'Map<string, URL>',
])('takes %s for a type', (type) => {
  expect(() => assertConfig({ types: { Url: type } }, 'headway.config.ts')).not.toThrow()
})
