/** A package manager that can have started this program. */
export interface PackageManager {
  name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** What a user types to run a script. */
  run: (script: string) => string
}

const names = ['npm', 'pnpm', 'yarn', 'bun'] as const

/**
 * The package manager that started this program; npm if none did.
 *
 * @param userAgent the variable `npm_config_user_agent`, such as `pnpm/10.34.9 npm/? node/v22.18.0`
 */
export function toPackageManager(userAgent: string | undefined): PackageManager {
  const first = userAgent?.split('/', 1)[0]
  const name = names.find((known) => known === first) ?? 'npm'
  const isBare = name === 'pnpm' || name === 'yarn'
  return { name, run: (script) => (isBare ? `${name} ${script}` : `${name} run ${script}`) }
}
