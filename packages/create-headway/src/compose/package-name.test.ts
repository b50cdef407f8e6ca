import { expect, it } from 'vitest'
import { toPackageName } from './package-name.ts'

it.each([
  ['my-app', 'my-app'],
  ['My App', 'my-app'],
  ['.hidden', 'hidden'],
  ['_x', 'x'],
  ['Über uns!', 'ber-uns'],
  ['!!!', 'my-app'],
  ['', 'my-app'],
])('%j → %s', (folder, name) => {
  expect(toPackageName(folder)).toBe(name)
})
