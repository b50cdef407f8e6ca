import { createClient, defineQuery } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { renderToString } from 'react-dom/server'
import { expect, it } from 'vitest'
import { HeadwayProvider, setClient, useQuery } from '../src/index.ts'
import { Page } from './page.tsx'

it('one client for all requests: it asks nobody, and remembers nothing of them', async () => {
  const { client, gateway, settled } = createFakeClient({ queries: { list_users: () => [] } })
  const listUsers = defineQuery<{ team: number }, string[]>('list_users')
  const Users = ({ team }: { team: number }) => String(useQuery(listUsers, { team }).loading)
  for (let team = 0; team < 100; team += 1) {
    const html = renderToString(
      <HeadwayProvider client={client}>
        <Users team={team} />
      </HeadwayProvider>,
    )
    expect(html).toBe('true')
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

it('without a provider everything is idle or loading all the same', () => {
  expect(renderToString(<Page />)).toContain('queued')
  expect(renderToString(<Page />)).toBe(renderToString(<Page />))
})

it('refuses a client for everybody', () => {
  const client = createClient({ url: 'http://server' })
  expect(() => setClient(client)).toThrow('mix users')
})
