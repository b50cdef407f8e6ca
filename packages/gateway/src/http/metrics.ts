import type { Asker } from '../access/principal.ts'
import { type Reply, text } from '../messages/reply.ts'
import { roleRequired, tokenRequired } from '../refusals/access.ts'
import type { HttpContext } from './context.ts'

const action = 'Reading metrics'

/**
 * `GET /_api/metrics`: for Prometheus. Only admins may read the load of a server; without `auth`,
 * this machine.
 */
export async function metrics(
  { metrics, authenticate }: HttpContext,
  { principal }: Asker,
): Promise<Reply> {
  if (authenticate && !principal?.roles.includes('admin')) {
    throw principal ? roleRequired(action, ['admin']) : tokenRequired(action)
  }
  return text(metrics.contentType, await metrics.text())
}
