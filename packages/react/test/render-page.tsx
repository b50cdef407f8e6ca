import { createClient } from '@headway/core'
import { renderToString } from 'react-dom/server'
import { HeadwayProvider } from '../src/index.ts'
import { Page } from './page.tsx'

/** What a server sends of the page; its client would refuse to ask anybody. */
export function render(): string {
  const client = createClient({ url: 'http://server', fetch: refuse })
  return renderToString(
    <HeadwayProvider client={client}>
      <Page />
    </HeadwayProvider>,
  )
}

function refuse(): never {
  throw new Error('A server that renders asks nobody')
}
