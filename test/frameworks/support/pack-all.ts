import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { buildOrUndo } from '../../../packages/gateway/src/teardown.ts'
import { makeFolder } from '../../../packages/gateway/test/support/folder.ts'
import { pack } from '../../published.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The tarball of each published package, by its name. */
    tarballs: Record<string, string>
  }
}

/** Packs the packages once, as `npm publish` does. */
export default function packAll(project: TestProject): Promise<() => Promise<void>> {
  return buildOrUndo(async ({ defer, run }) => {
    const folder = await makeFolder()
    defer(() => rm(folder, { recursive: true, force: true }))
    const packed = pack(folder).map(({ manifest, tarball }) => [manifest.name, tarball])
    project.provide('tarballs', Object.fromEntries(packed))
    return run
  })
}
