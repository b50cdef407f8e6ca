import { expect, it } from 'vitest'
import { capabilitiesHeader } from '../protocol/capabilities-header.ts'
import { createCapabilities } from './capabilities.ts'

const headers = (value: string): Headers => new Headers({ [capabilitiesHeader]: value })

it('knows nothing before the first answer', () => {
  expect(createCapabilities().has('retry')).toBeUndefined()
})

it('knows from a stream both what the server offers and what it does not', () => {
  const capabilities = createCapabilities()
  capabilities.learn(['retry', 'a-word-of-tomorrow'])
  expect(capabilities.has('retry')).toBe(true)
  expect(capabilities.has('cancel')).toBe(false)
})

it('takes a stream without capabilities for a server without any', () => {
  const capabilities = createCapabilities()
  capabilities.learn([])
  expect(capabilities.has('retry')).toBe(false)
})

it('reads the header of an answer, also an empty one', () => {
  const capabilities = createCapabilities()
  capabilities.learnFrom(headers('retry, get'))
  expect(capabilities.has('get')).toBe(true)
  capabilities.learnFrom(headers(''))
  expect(capabilities.has('get')).toBe(false)
})

it('ignores an answer without the header', () => {
  const capabilities = createCapabilities()
  capabilities.learnFrom(new Headers())
  expect(capabilities.has('retry')).toBeUndefined()
  capabilities.learn(['retry'])
  capabilities.learnFrom(new Headers())
  expect(capabilities.has('retry')).toBe(true)
})

it('takes the newest answer, since a server may be rolled back', () => {
  const capabilities = createCapabilities()
  capabilities.learn(['retry'])
  capabilities.learn([])
  expect(capabilities.has('retry')).toBe(false)
})
