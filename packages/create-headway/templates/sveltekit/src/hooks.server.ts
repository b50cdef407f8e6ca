import type { Handle, ServerInit } from '@sveltejs/kit'
import { building } from '$app/environment'
import { headway } from '$lib/server/headway'

export const init: ServerInit = async () => {
  if (!building) await headway()
}

export const handle: Handle = async ({ event, resolve }) => {
  if (!event.url.pathname.startsWith('/_api/')) return resolve(event)
  const { gateway } = await headway()
  return gateway.fetch(event.request, { ip: event.getClientAddress() })
}
