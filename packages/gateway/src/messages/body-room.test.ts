import { expect, it } from 'vitest'
import { createBodyRoom } from './body-room.ts'

const mib = 1_048_576
const from = (ip: string) => ({ principal: null, ip })
const full = expect.objectContaining({
  refusal: { status: 503, code: 'SERVICE_UNAVAILABLE', retryAfterSecs: 1 },
})

it('has room for the bodies of one asker, and then for small ones, until one is answered', () => {
  const room = createBodyRoom(mib)
  const places = Array.from({ length: 16 }, () => room.enter(from('10.0.0.1')))
  for (const place of places) for (let half = 0; half < 2; half += 1) place.take(mib / 2)
  const large = room.enter(from('10.0.0.1'))
  expect(() => large.take(mib)).toThrow(full)
  // Also one that comes in small pieces.
  for (let kib = 0; kib < 16; kib += 1) large.take(1_024)
  expect(() => large.take(1_024)).toThrow(full)
  room.enter(from('10.0.0.1')).take(16_384)
  room.enter(from('10.0.0.2')).take(mib)
  for (let times = 0; times < 2; times += 1) places[0]?.leave()
  large.take(mib)
  expect(() => large.take(mib)).toThrow(full)
})

it('has room for the bodies of all askers together', () => {
  const room = createBodyRoom(mib)
  const senders = Array.from({ length: 64 }, (_, index) => from(`10.0.1.${index}`))
  const places = senders.map((sender) => room.enter(sender))
  for (const place of places) place.take(mib)
  const another = room.enter(from('10.0.2.1'))
  expect(() => another.take(mib)).toThrow(full)
  places[0]?.leave()
  another.take(mib)
})

it('has room for one body of each size that may come', () => {
  const place = createBodyRoom(100 * mib).enter(from('10.0.0.1'))
  for (let count = 0; count < 100; count += 1) place.take(mib)
  expect(() => place.take(1)).toThrow(full)
})
