import type { Asker } from '../access/principal.ts'
import { HttpError } from '../errors.ts'
import { type Reply, text } from '../messages/reply.ts'
import type { HttpContext } from './context.ts'

/** `GET /_api/metrics`: for Prometheus. How busy a server is concerns its admins; without `auth`, this machine. */
export async function metrics(
  { metrics, authenticate }: HttpContext,
  { principal }: Asker,
): Promise<Reply> {
  if (authenticate && !principal?.roles.includes('admin')) {
    throw principal
      ? new HttpError('Metrics are for admins', { status: 403, code: 'FORBIDDEN' })
      : new HttpError('Metrics are for admins: send a token', { status: 401, code: 'UNAUTHORIZED' })
  }
  return text(metrics.contentType, await metrics.text())
}
