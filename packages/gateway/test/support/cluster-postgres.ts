import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Teardown } from '../../src/teardown.ts'
import { startWayward, type Wayward } from './away.ts'
import { query } from './database.ts'
import { makeFolder } from './folder.ts'

/** A PostgreSQL that can be restarted, with room for the connections of a whole cluster. */
export async function startClusterPostgres(teardown: Teardown): Promise<Wayward> {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startWayward(join(folder, 'pg'))
  teardown.defer(postgres.stop)
  await query(postgres.url, 'alter system set max_connections = 400')
  await postgres.leave('stopped')
  await postgres.comeBack()
  return postgres
}
