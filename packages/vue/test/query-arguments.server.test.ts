import { defineQuery, withCodec } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { expect, it } from 'vitest'
import { createApp } from 'vue'
import { headway, useQuery } from '../src/index.ts'

const since = withCodec(defineQuery<{ at: Date }, string>('since'), {
  toWire: ({ at }) => ({ at: at.getTime() }),
})
const big = withCodec(defineQuery<{ n: bigint }, string>('since'), {
  toWire: ({ n }) => ({ n: String(n) }),
})
const page = () => {
  const fake = createFakeClient({ queries: { since: () => 'x' } })
  const app = createApp({})
  app.use(headway(fake.client))
  return app
}
it('useQuery with a codec whose arguments are a Date', () => {
  page().runWithContext(() => {
    const query = useQuery(since, { at: new Date(5) })
    expect(query.error.value).toBeNull()
  })
})
it('useQuery with a codec whose arguments are a bigint', () => {
  page().runWithContext(() => {
    const query = useQuery(big, { n: 5n })
    expect(query.error.value).toBeNull()
  })
})
