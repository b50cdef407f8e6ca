import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import sirv from 'sirv'

type Pages = (request: IncomingMessage, response: ServerResponse) => void

/** Vite inside of this server: an edit of the page shows at once. */
export async function developmentPages(server: Server): Promise<Pages> {
  const { createServer } = await import('vite')
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server } } })
  return vite.middlewares
}

/** What `npm run build` has made. */
export function builtPages(): Pages {
  return sirv('dist', { single: true })
}
