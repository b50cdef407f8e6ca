import type { Client } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { type ReactNode, StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HeadwayProvider } from '../src/index.ts'

let root: Root
let clients: Client[]
let warnings: string[]

beforeEach(() => {
  root = createRoot(document.createElement('main'))
  clients = []
  warnings = []
  vi.spyOn(console, 'warn').mockImplementation((message) => void warnings.push(String(message)))
})
afterEach(() => {
  vi.restoreAllMocks()
  root.unmount()
  for (const client of clients) client.close()
})

const create = (): Client => {
  const { client } = createFakeClient()
  clients.push(client)
  return client
}
const show = (page: ReactNode): void =>
  flushSync(() => root.render(<StrictMode>{page}</StrictMode>))
const give = (client: Client): void =>
  show(<HeadwayProvider client={client}>shown</HeadwayProvider>)

it('says nothing of one client, however often it renders', () => {
  const client = create()
  for (let render = 0; render < 20; render += 1) give(client)
  expect(warnings).toEqual([])
})

it('says nothing of other clients when somebody signs out, and in again', () => {
  const [ann, anonymous, ben] = [create(), create(), create()]
  for (const client of [ann, ann, anonymous, ben, ben]) give(client)
  expect(warnings).toEqual([])
})

it('says nothing of many clients, each after a while, as when a file is edited', () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  for (let edit = 0; edit < 10; edit += 1) {
    now += 1_000
    give(create())
  }
  expect(warnings).toEqual([])
})

it('says nothing of many pages one after the other, as in tests', () => {
  for (let page = 0; page < 20; page += 1) {
    const other = createRoot(document.createElement('main'))
    flushSync(() => other.render(<HeadwayProvider client={create()} />))
    other.unmount()
  }
  expect(warnings).toEqual([])
})

it('warns once of a client that is made in each render, and says what to do', () => {
  function Pasted() {
    return <HeadwayProvider client={create()}>shown</HeadwayProvider>
  }
  for (let render = 0; render < 3; render += 1) show(<Pasted />)
  expect(warnings).toEqual([])
  for (let render = 0; render < 10; render += 1) show(<Pasted />)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('const client = createClient()')
})
