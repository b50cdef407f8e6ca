import { createShyStore } from '@headway/conformance/adapter'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import { useStore } from '../src/index.ts'

it.each([
  ['all of it', undefined],
  ['a part of it', (value: string) => value],
])('a value that changes because it is shown, is shown as it is then: %s', (_, select) => {
  const { store, set, listeners } = createShyStore()
  const element = document.createElement('main')
  const root = createRoot(element)
  const Shown = () => useStore(store, select)
  const page = (
    <StrictMode>
      <Shown />
    </StrictMode>
  )
  flushSync(() => root.render(page))
  expect(element.textContent).toBe('watched')
  flushSync(() => set('changed'))
  expect(element.textContent).toBe('changed')
  root.unmount()
  expect(listeners.size).toBe(0)
})
