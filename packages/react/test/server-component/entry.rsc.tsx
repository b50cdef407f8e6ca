/// <reference types="@vitejs/plugin-rsc/types" />
import { renderToReadableStream } from '@vitejs/plugin-rsc/rsc'
import { Page } from './page.tsx'

/** The page as HTML: server components first, then what they leave to the client ones. */
export default async function render(): Promise<string> {
  const { toHtml } = await import.meta.viteRsc.loadModule<typeof import('./entry.ssr.tsx')>(
    'ssr',
    'index',
  )
  return toHtml(renderToReadableStream(<Page />))
}
