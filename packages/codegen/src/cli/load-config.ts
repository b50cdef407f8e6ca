import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import type { Config } from '../config.ts'
import { GenerateFailed } from '../errors.ts'
import { assertConfig } from './assert-config.ts'

const names = ['ts', 'js', 'mjs', 'json'].map((extension) => `headway.config.${extension}`)

/**
 * Loads the config of a folder, with absolute paths; an empty config where there is none.
 *
 * @param file the config to read in place of the one that is found by its name
 */
export async function loadConfig(folder: string, file?: string): Promise<Config> {
  const path = file === undefined ? await findConfig(folder) : resolve(folder, file)
  if (path === null) return {}
  if (!(await exists(path))) throw new GenerateFailed(`There is no config at ${file}`)
  const config = await importConfig(path)
  assertConfig(config, file ?? path)
  const from = (given: string) => resolve(dirname(path), given)
  return {
    ...config,
    ...(config.from !== undefined && { from: from(config.from) }),
    ...(config.out !== undefined && { out: from(config.out) }),
  }
}

async function findConfig(folder: string): Promise<string | null> {
  for (const name of names) {
    const path = resolve(folder, name)
    if (await exists(path)) return path
  }
  return null
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function importConfig(path: string): Promise<unknown> {
  try {
    return await createJiti(pathToFileURL(path).href).import(path, { default: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new GenerateFailed(`${path} cannot be loaded: ${reason}`, { cause })
  }
}
