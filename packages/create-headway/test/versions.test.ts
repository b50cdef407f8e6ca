import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { versions } from '../src/compose/versions.ts'

const root = new URL('../../../', import.meta.url)

async function dependenciesOf(folder: string): Promise<Record<string, string>> {
  const text = await readFile(new URL(`${folder}/package.json`, root), 'utf8')
  const { dependencies, devDependencies } = JSON.parse(text)
  return { ...dependencies, ...devDependencies }
}

it.each(['next', 'nuxt', 'sveltekit'])(
  'projects have the versions that examples/%s is tested with',
  async (name) => {
    const tested = Object.entries(await dependenciesOf(`examples/${name}`))
    const ours: Record<string, string> = versions
    for (const [other, version] of tested) {
      if (!other.startsWith('@headway/'))
        expect({ [other]: ours[other] }).toEqual({ [other]: version })
    }
  },
)
