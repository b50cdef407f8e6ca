import { createFromReadableStream } from '@vitejs/plugin-rsc/ssr'
import type { ReactNode } from 'react'
import { renderToReadableStream } from 'react-dom/server.edge'

/** What the server components have made, rendered with the client components that they name. */
export async function toHtml(stream: ReadableStream<Uint8Array>): Promise<string> {
  const page = await createFromReadableStream<ReactNode>(stream)
  return new Response(await renderToReadableStream(page)).text()
}
