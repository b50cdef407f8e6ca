import { defineQuery } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { type Component, flushSync, mount, unmount } from 'svelte'
import { get } from 'svelte/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setClient, type UsedJob, useConnection, useQuery } from '../src/index.ts'
import { createState } from './page/state.svelte.ts'
import Derived from './readers/derived.svelte'
import Effect from './readers/effect.svelte'
import Legacy from './readers/legacy.svelte'
import MadeInDerived from './readers/made-in-derived.svelte'
import { asked, createShared } from './readers/module.ts'
import Parent from './readers/parent.svelte'
import type { ReaderProps } from './readers/props.ts'
import RuneStays from './readers/rune-stays.svelte'
import SameState from './readers/same-state.svelte'
import SameTemplate from './readers/same-template.svelte'
import StoreStays from './readers/store-stays.svelte'

let fake: ReturnType<typeof createFakeClient>
let job: UsedJob<null, string>
let first: string
let second: string
let props: ReaderProps
let leave: () => void

beforeEach(() => {
  fake = createFakeClient({ queries: { list_users: () => ['Ada'] } })
  setClient(fake.client)
  first = fake.gateway.createJob({ status: 'running', progress: 10 }).job_id
  second = fake.gateway.createJob({ status: 'running', progress: 90 }).job_id
  asked.id = first
  job = createShared()
  props = createState<ReaderProps>({ job, id: first, isShown: true })
  leave = () => undefined
})
afterEach(() => {
  leave()
  fake.client.close()
})

function show(component: Component<ReaderProps>) {
  const target = document.body.appendChild(document.createElement('main'))
  const mounted = mount(component, { target, props })
  leave = () => {
    void unmount(mounted)
    target.remove()
    leave = () => undefined
  }
  const text = (): string => {
    flushSync()
    return (target.textContent ?? '').trim().replace(/\s+/g, ' ')
  }
  return (expected: string) => expect.poll(text).toBe(expected)
}

describe('a job that is read in several ways at once', () => {
  it.each<[string, Component<ReaderProps>, (progress: number) => string]>([
    ['by .current, then by $, in one template', SameTemplate, (p) => `${p} ${p}`],
    ['in a $derived', Derived, (p) => `${p} ${p} ${2 * p}`],
    ['made in a $derived', MadeInDerived, (p) => `${p} ${p}`],
    ['in an $effect, which also subscribes', Effect, (p) => `${p} ${p} ${p}`],
    ['by .current in the parent, by $ in its child', Parent, (p) => `${p} ${p}`],
    ['by .current in an {#if}, by $ beside it', StoreStays, (p) => `${p} ${p}`],
    ['by $ in an {#if}, by .current beside it', RuneStays, (p) => `${p} ${p}`],
    ['in legacy mode, by $:, $ and .current', Legacy, (p) => `${p} running ${p} ${p}`],
  ])('%s: all move, through updates, another job and a lost connection', async (_, page, says) => {
    const shows = show(page)
    await shows(says(10))
    for (const progress of [20, 30, 20]) {
      fake.gateway.update(first, { progress })
      await shows(says(progress))
    }
    asked.id = second
    props.id = second
    await shows(says(90))
    fake.gateway.update(second, { progress: 95 })
    await shows(says(95))
    fake.gateway.goOffline()
    fake.gateway.update(second, { progress: 99 })
    await fake.settled()
    fake.gateway.goOnline()
    fake.client.reconnectNow()
    await shows(says(99))
    leave()
    flushSync()
    await fake.advance(2_000)
    expect(fake.gateway.registrations()).toEqual([])
  })

  it('by $ beside the state that says which job it is', async () => {
    const shows = show(SameState)
    await shows(`${first} 10`)
    for (const [id, progress] of [
      [second, 91],
      [first, 11],
      [second, 92],
    ] as const) {
      fake.gateway.update(id, { progress })
      props.id = id
      await shows(`${id} ${progress}`)
      fake.gateway.update(id, { progress: progress + 5 })
      await shows(`${id} ${progress + 5}`)
    }
  })

  it.each([
    ['the one by .current', StoreStays],
    ['the one by $', RuneStays],
    ['the child by $', Parent],
  ])('of two readers one goes, %s: the other moves on, and it comes back', async (_, page) => {
    const shows = show(page)
    await shows('10 10')
    for (const progress of [20, 40]) {
      props.isShown = false
      await shows(String(progress - 10))
      fake.gateway.update(first, { progress })
      await shows(String(progress))
      props.isShown = true
      await shows(`${progress} ${progress}`)
      fake.gateway.update(first, { progress: progress + 10 })
      await shows(`${progress + 10} ${progress + 10}`)
    }
    await fake.advance(2_000)
    expect(fake.gateway.registrations()).toEqual([`job:${first}`])
  })
})

describe('outside components', () => {
  it('subscribers beside each other: each is told at once, then of each change', async () => {
    const seen: (number | null)[][] = [[], []]
    const stops = seen.map((list) => job.subscribe(({ progress }) => list.push(progress)))
    expect(seen.map((list) => list.length)).toEqual([1, 1])
    await expect.poll(() => job.current.progress).toBe(10)
    stops[0]?.()
    fake.gateway.update(first, { progress: 20 })
    await expect.poll(() => seen[1]?.at(-1)).toBe(20)
    asked.id = second
    await expect.poll(() => seen[1]?.at(-1)).toBe(90)
    expect(seen[0]).not.toContain(20)
    stops[1]?.()
    await fake.advance(2_000)
    expect(fake.gateway.registrations()).toEqual([])
  })

  it('get() gives the value, followed or not, and follows nothing', async () => {
    expect(get(job)).toMatchObject({ jobId: first, loading: true })
    const stop = job.subscribe(() => undefined)
    await expect.poll(() => get(job).progress).toBe(10)
    expect(get(useConnection()).status).toBe('open')
    stop()
    await fake.advance(2_000)
    expect(fake.gateway.registrations()).toEqual([])
  })

  it('a later subscriber is told the newest value first, without the ones before it', async () => {
    const select = ({ data }: { data: string[] | null }) => data?.length ?? 0
    const count = useQuery(defineQuery<null, string[]>('list_users'), () => null, { select })
    const watch = () => {
      const seen: number[] = []
      return { seen, stop: count.subscribe((value) => seen.push(value)) }
    }
    const one = watch()
    await expect.poll(() => one.seen).toEqual([0, 1])
    one.stop()
    const two = watch()
    expect(two.seen).toEqual([1])
    two.stop()
  })

  it('what the function that says which job throws, is thrown where it is subscribed', () => {
    const broken = useQuery(defineQuery<null, string[]>('list_users'), () => {
      throw new Error('no team yet')
    })
    expect(() => broken.subscribe(() => undefined)).toThrow('no team yet')
    expect(() => broken.current).toThrow('no team yet')
  })
})
