import { createShyStore } from '@headway/conformance/adapter'
import type { Store } from '@headway/core'
import { flushSync, mount, unmount } from 'svelte'
import { get } from 'svelte/store'
import { describe, expect, it } from 'vitest'
import { type Readable, toReadable } from '../src/index.ts'
import { createState } from './page/state.svelte.ts'
import AnyStore from './readers/any-store.svelte'

describe.each<[string, (store: Store<string>) => Readable<string>]>([
  ['a store', (store) => toReadable(store)],
  ['a function that gives a store', (store) => toReadable(() => store)],
  ['a part of a store', (store) => toReadable(store, (value) => value)],
])('a value that changes because somebody subscribes, of %s', (_, toShown) => {
  it('is told to subscribers as it is then, once', () => {
    const { store, set, listeners } = createShyStore()
    const shown = toShown(store)
    const seen: string[] = []
    const stop = shown.subscribe((value) => seen.push(value))
    expect(seen).toEqual(['watched'])
    set('changed')
    expect(seen).toEqual(['watched', 'changed'])
    stop()
    stop()
    expect(listeners.size).toBe(0)
    expect(get(shown)).toBe('watched')
    expect(listeners.size).toBe(0)
  })

  it('is shown as it is then, by $ and by .current', async () => {
    const { store, set, listeners } = createShyStore()
    const target = document.createElement('main')
    const mounted = mount(AnyStore, { target, props: { shown: toShown(store) } })
    const text = (): string | null => {
      flushSync()
      return target.textContent
    }
    expect(text()).toBe('watched watched watched')
    set('changed')
    expect(text()).toBe('changed changed changed')
    void unmount(mounted)
    await expect.poll(() => listeners.size).toBe(0)
  })
})

it('a subscriber that reads state is not called again when that changes', () => {
  const { store } = createShyStore()
  const state = createState({ count: 0, isOther: false })
  const other = createShyStore()
  const shown = toReadable(() => (state.isOther ? other.store : store))
  const seen: string[] = []
  const stop = shown.subscribe((value) => seen.push(`${value} ${state.count}`))
  state.count = 1
  flushSync()
  expect(seen).toEqual(['watched 0'])
  state.isOther = true
  flushSync()
  state.count = 2
  flushSync()
  expect(seen).toEqual(['watched 0', 'watched 1'])
  stop()
  expect(other.listeners.size).toBe(0)
})
