import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { forTarball, guides } from '../pack-docs.mjs'

const docs = readdirSync(fileURLToPath(new URL('..', import.meta.url)))

it('each guide of a package exists, and is in one package', () => {
  const names = Object.values(guides).flat()
  expect(names.filter((name) => !docs.includes(`${name}.md`))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

it('links to guides of the same package stay, and others lead to the repository', () => {
  const text =
    '[a](vue.md#x) [b](#y) [c](react.md) [d](../README.md#api) [e](https://vuejs.org) [f](../examples/nuxt)'
  expect(forTarball(text, ['vue', 'nuxt'], 'https://git/it')).toBe(
    '[a](vue.md#x) [b](#y) [c](https://git/it/blob/main/docs/react.md) ' +
      '[d](https://git/it/blob/main/README.md#api) [e](https://vuejs.org) ' +
      '[f](https://git/it/blob/main/examples/nuxt)',
  )
})
