import { defineJob, defineQuery } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { afterEach, beforeEach, expect } from 'vitest'
import { type App, createApp, defineComponent } from 'vue'
import { headway } from '../../src/index.ts'

/* A test file that imports this gets an empty page over a fake gateway before each of its tests. */

export const exportUsers = defineJob<{ format: string }, string>('export_users')
export const listUsers = defineQuery<{ team: string }, string[]>('list_users')

export let fake: ReturnType<typeof createFakeClient>
export let app: App
export let element: HTMLElement

beforeEach(() => {
  fake = createFakeClient({
    queries: { list_users: (args) => [(args as { team: string }).team] },
  })
  element = document.body.appendChild(document.createElement('main'))
})
afterEach(() => {
  app?.unmount()
  element.remove()
  fake.client.close()
})

/** Mounts an app whose only component has this setup. */
export const show = (setup: () => () => unknown): void => {
  app = createApp(defineComponent({ setup: () => setup() as never }))
  app.use(headway(fake.client)).mount(element)
}
export const shows = (expected: string) => expect.poll(() => element.textContent).toBe(expected)
