import { createClient } from '@headway/core'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { headway } from '../src/index.ts'
import { Page } from './page.ts'

/** What a server sends of the page; its client would refuse to ask anybody. */
export function render(): Promise<string> {
  const client = createClient({ url: 'http://server', fetch: refuse })
  return renderToString(createSSRApp(Page).use(headway(client)))
}

function refuse(): never {
  throw new Error('A server that renders asks nobody')
}
