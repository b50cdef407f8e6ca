import { readFileSync } from 'node:fs'
import { isRecord } from '@headway/core/protocol'

/** This package's version, as its package.json says. */
export const version: string = readVersion()

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return isRecord(manifest) ? String(manifest.version) : 'unknown'
}
