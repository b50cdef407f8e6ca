import { guard } from '@headway/test-kit/processes/guard'
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  embeddedPostgres,
} from '../../src/embedded.ts'

/**
 * A PostgreSQL that does not outlive this process, however that ends.
 *
 * @param folder goes with it then
 */
export async function startPostgres(
  options: EmbeddedOptions,
  folder?: string,
): Promise<EmbeddedPostgres> {
  const postgres = await embeddedPostgres(options)
  const isGone = guard(postgres.pid, folder)
  return {
    ...postgres,
    async stop() {
      await postgres.stop()
      isGone()
    },
  }
}
