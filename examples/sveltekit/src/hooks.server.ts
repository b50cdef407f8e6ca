import type { Handle } from '@sveltejs/kit'
import { headway } from '$lib/server/headway'

export const handle: Handle = async ({ event, resolve }) => {
  if (!event.url.pathname.startsWith('/_api/')) return resolve(event)
  const gateway = await headway()
  return gateway.fetch(event.request, { ip: event.getClientAddress() })
}
