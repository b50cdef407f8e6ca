import { createShyStore } from '@headway/conformance/adapter'
import { expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useStore } from '../src/index.ts'

it('a value that changes because it is followed, is the one that it is then', () => {
  const { store, set, listeners } = createShyStore()
  const scope = effectScope()
  const shown = scope.run(() => useStore(store))
  expect(shown?.value).toBe('watched')
  set('changed')
  expect(shown?.value).toBe('changed')
  scope.stop()
  expect(listeners.size).toBe(0)
})

it('so is that of another store, and the one before is let go', async () => {
  const first = createShyStore()
  const second = createShyStore()
  const store = shallowRef(first.store)
  const scope = effectScope()
  const shown = scope.run(() => useStore(() => store.value))
  store.value = second.store
  await nextTick()
  expect(shown?.value).toBe('watched')
  expect(first.listeners.size).toBe(0)
  scope.stop()
  expect(second.listeners.size).toBe(0)
})
