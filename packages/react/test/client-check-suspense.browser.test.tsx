import { type Client, defineJob } from '@headway/core'
import { createFakeClient } from '@headway/core/testing'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { HeadwayProvider, useJob } from '../src/index.ts'

// In a file of its own, since it warns once per page.
it('warns of a client that is made in each render where nothing is ever shown for that reason', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const root = createRoot(document.createElement('main'))
  const clients: Client[] = []
  function Progress() {
    return useJob(defineJob('export_users'), { jobId: 'job-1', suspense: true }).progress
  }
  function Pasted() {
    const { client, gateway } = createFakeClient()
    clients.push(client)
    gateway.createJob({ progress: 40 })
    return (
      <HeadwayProvider client={client}>
        <Progress />
      </HeadwayProvider>
    )
  }
  root.render(
    <StrictMode>
      <Suspense fallback="waiting">
        <Pasted />
      </Suspense>
    </StrictMode>,
  )
  await expect.poll(() => warn.mock.calls).toEqual([[expect.stringContaining('createClient()')]])
  root.unmount()
  for (const client of clients) client.close()
  vi.restoreAllMocks()
})
