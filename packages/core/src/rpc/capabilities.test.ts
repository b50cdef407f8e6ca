import { expect, it } from 'vitest'
import { capabilitiesHeader } from '../protocol/capabilities-header.ts'
import { createCapabilities } from './capabilities.ts'

const headers = (value: string): Headers => new Headers({ [capabilitiesHeader]: value })

it('nothing is known before the server has said anything', () => {
  expect(createCapabilities().has('retry')).toBeUndefined()
})

it('a stream says what the server can, and by that what it cannot', () => {
  const capabilities = createCapabilities()
  capabilities.learn(['retry', 'a-word-of-tomorrow'])
  expect(capabilities.has('retry')).toBe(true)
  expect(capabilities.has('cancel')).toBe(false)
})

it('a stream that says nothing says that the server can nothing more', () => {
  const capabilities = createCapabilities()
  capabilities.learn([])
  expect(capabilities.has('retry')).toBe(false)
})

it('an answer says it in its header, empty or not', () => {
  const capabilities = createCapabilities()
  capabilities.learnFrom(headers('retry, get'))
  expect(capabilities.has('get')).toBe(true)
  capabilities.learnFrom(headers(''))
  expect(capabilities.has('get')).toBe(false)
})

it('an answer without the header teaches nothing', () => {
  const capabilities = createCapabilities()
  capabilities.learnFrom(new Headers())
  expect(capabilities.has('retry')).toBeUndefined()
  capabilities.learn(['retry'])
  capabilities.learnFrom(new Headers())
  expect(capabilities.has('retry')).toBe(true)
})

it('the newest word counts: a server may be rolled back', () => {
  const capabilities = createCapabilities()
  capabilities.learn(['retry'])
  capabilities.learn([])
  expect(capabilities.has('retry')).toBe(false)
})
