import { createClient, defineQuery } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import { createSSRApp, defineComponent, effectScope, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { headway, setClient, useQuery } from '../src/index.ts'
import { Page } from './page.ts'

const listUsers = defineQuery<{ team: number }, string[]>('list_users')

it('one client for all requests: it asks nobody, and remembers nothing of them', async () => {
  const { client, gateway, settled } = createFakeClient({ queries: { list_users: () => [] } })
  const Users = defineComponent({
    props: { team: { type: Number, required: true } },
    async setup({ team }) {
      const { loading, ready } = useQuery(listUsers, { team })
      await ready()
      return () => h('output', String(loading.value))
    },
  })
  for (let team = 0; team < 100; team += 1) {
    const app = createSSRApp(Users, { team }).use(headway(client))
    expect(await renderToString(app)).toBe('<output>true</output>')
  }
  await settled()
  expect(gateway.requests).toEqual([])
  // The first query that anybody wants is the first that has a name.
  const stop = client.watch(listUsers, { team: 7 }).subscribe(() => undefined)
  await settled()
  expect(gateway.registrations()).toEqual(['sub:q1'])
  stop()
  client.close()
})

it('without the plugin everything is idle or loading all the same', async () => {
  const html = await renderToString(createSSRApp(Page))
  expect(html).toContain('starting')
  expect(await renderToString(createSSRApp(Page))).toBe(html)
})

it('a scope outside a component follows nothing on a server', () => {
  const scope = effectScope()
  expect(scope.run(() => useQuery(listUsers, { team: 1 }).loading.value)).toBe(true)
  scope.stop()
})

it('refuses a client for everybody', () => {
  const client = createClient({ url: 'http://server' })
  expect(() => setClient(client)).toThrow('mix users')
})
