import { type Client, defineJob, defineQuery } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect } from 'vitest'
import { HeadwayProvider, useJob } from '../../src/index.ts'

/* A test file that imports this gets an empty page over a fake gateway before each of its tests. */

export const exportUsers = defineJob<{ format: string }, string>('export_users')
export const listUsers = defineQuery<{ team: string }, string[]>('list_users')

export let fake: ReturnType<typeof createFakeClient>
export let element: HTMLElement
/** Every text that the page has shown, in order. */
export let seen: (string | null)[]
let root: Root

beforeEach(() => {
  fake = createFakeClient({ queries: { list_users: () => ['Ada'] } })
  element = document.body.appendChild(document.createElement('main'))
  seen = []
  const observer = new MutationObserver(() => seen.push(text()))
  observer.observe(element, { subtree: true, childList: true, characterData: true })
  root = createRoot(element)
})
afterEach(() => {
  root.unmount()
  element.remove()
  fake.client.close()
})

/** Renders `children` in StrictMode, below a provider of `client` unless it is `null`. */
export const show = (children: ReactNode, client: Client | null = fake.client): void => {
  const page = client ? <HeadwayProvider client={client}>{children}</HeadwayProvider> : children
  root.render(<StrictMode>{page}</StrictMode>)
}

/** Unmounts everything. */
export const leave = (): void => root.render(null)
const text = () => element.textContent
export const shows = (expected: string) => expect.poll(text).toBe(expected)

/** Shows the id, the progress and the sync status of a job. */
export function Progress({ jobId, suspense }: { jobId?: string; suspense?: boolean }) {
  const { progress, sync } = useJob(exportUsers, { jobId, suspense })
  return `${jobId} ${progress} ${sync.status}`
}
