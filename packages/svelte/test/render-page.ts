import { createClient } from '@headway/core'
import { render as renderComponent } from 'svelte/server'
import Page from './page/page.svelte'

/** What a server sends of the page; its client would refuse to ask anybody. */
export function render(): string {
  const client = createClient({ url: 'http://server', fetch: refuse })
  return renderComponent(Page, { props: { client } }).body
}

function refuse(): never {
  throw new Error('A server that renders asks nobody')
}
