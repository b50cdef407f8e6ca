import { expect, it } from 'vitest'
import { createMatchRoute } from './match-route.ts'
import { routes } from './routes.ts'

const matchRoute = createMatchRoute(routes)

it.each<[string, string, object]>([
  [
    'POST',
    '/rpc/export_users',
    { name: 'rpc', route: { shape: 'A' }, params: { name: 'export_users' } },
  ],
  ['POST', '/rpc/a%2Fb', { name: 'rpc', params: { name: 'a/b' } }],
  ['POST', '/rpc/%', { name: 'rpc', params: { name: '%' } }],
  ['POST', '/rpc', { name: 'rpc', params: {} }],
  ['GET', '/events', { name: 'events', route: { shape: 'C' } }],
  ['POST', '/subscribe-job', { name: 'subscribeJob', route: { shape: 'B' } }],
  ['GET', '/jobs/7', { name: 'readJob', params: { id: '7' } }],
  ['POST', '/jobs/7/cancel', { name: 'cancelJob', params: { id: '7' } }],
  ['DELETE', '/jobs/7', { type: 'methodNotAllowed', allow: 'GET, HEAD' }],
  ['HEAD', '/health', { name: 'health' }],
  ['HEAD', '/jobs/7', { name: 'readJob', params: { id: '7' } }],
  ['HEAD', '/events', { type: 'methodNotAllowed', allow: 'GET, POST' }],
  ['HEAD', '/rpc', { type: 'methodNotAllowed', allow: 'POST' }],
  ['POST', '/unsubscribe-batch', { name: 'unsubscribeBatch', route: { shape: 'B' } }],
  ['POST', '/jobs/7/retry', { name: 'retryJob', params: { id: '7' } }],
  ['POST', '/jobs/7/explode', { type: 'notFound' }],
  ['POST', '/subscribe-batch', { name: 'subscribeBatch', route: { shape: 'B' } }],
  ['GET', '/jobs/', { name: 'readJob', params: { id: '' } }],
  ['GET', '', { type: 'notFound' }],
])('%s %s', (method, path, expected) => {
  expect(matchRoute(method, path)).toMatchObject(expected)
})
