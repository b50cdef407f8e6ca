import { createClient } from '@headway/core'
import { createFakeGateway } from '@headway/core/testing'
import { describe, expect, it } from 'vitest'
import { type AdapterUnderTest, toText } from './adapter-under-test.ts'

/** The updates of each turn. A turn takes about 5 ms, so these are some 10,000 updates a second. */
const perTurn = 50
const turns = 100
/**
 * During a longer frame, in milliseconds, a component may render more than once: while no frame
 * comes, the client shows states by a timer.
 */
const slowMs = 100

/**
 * Tests with real time and frames: a component renders at most once per frame, and shows the last
 * state.
 */
export function describeFrames(adapter: AdapterUnderTest): void {
  describe('10,000 updates a second', () => {
    for (const jobs of [1, 20]) {
      it(`render at most once per frame, with ${jobs} jobs and a component for each`, async () => {
        let frame = 0
        let began = performance.now()
        const slow = new Set<number>()
        let marking = requestAnimationFrame(function mark() {
          const now = performance.now()
          if (now - began > slowMs) slow.add(frame)
          began = now
          frame += 1
          marking = requestAnimationFrame(mark)
        })
        const gateway = createFakeGateway()
        const client = createClient({ url: 'http://fake', fetch: gateway.fetch })
        const watched = Array.from({ length: jobs }, () => watch(gateway.createJob().job_id))
        function watch(id: string) {
          const element = document.body.appendChild(document.createElement('main'))
          const rendersIn = new Map<number, number>()
          const seen: number[] = []
          const mounted = adapter.mount(element, client, {
            ask: { show: 'job', name: 'export_users', id, select: ({ progress }) => progress },
            onRender() {
              rendersIn.set(frame, (rendersIn.get(frame) ?? 0) + 1)
            },
          })
          new MutationObserver(() => seen.push(Number(element.textContent))).observe(element, {
            characterData: true,
            childList: true,
            subtree: true,
          })
          return { id, element, mounted, rendersIn, seen }
        }
        await expect.poll(() => gateway.registrations()).toHaveLength(jobs)
        await expect
          .poll(() => watched.every(({ element }) => element.textContent === '0'))
          .toBe(true)
        for (const { rendersIn, seen } of watched) {
          rendersIn.clear()
          seen.length = 0
        }

        let progress = 0
        for (let turn = 0; turn < turns; turn += 1) {
          for (let update = 0; update < perTurn; update += 1) {
            progress += 0.01
            for (const { id } of watched.slice(0, 1 + (update % jobs))) {
              gateway.update(id, { status: 'running', progress })
            }
          }
          // Makes room for frames between the updates, as on a real page.
          await new Promise((resolve) => setTimeout(resolve, 4))
        }
        for (const { id } of watched) gateway.update(id, { status: 'completed', progress: 100 })
        for (const { element } of watched) {
          await expect.poll(() => element.textContent).toBe(toText(100))
        }
        // Waits until `mark` has measured the last frame.
        await new Promise((resolve) => requestAnimationFrame(resolve))
        for (const { element, rendersIn, seen, mounted } of watched) {
          const tooMany = [...rendersIn].filter(([shown, times]) => times > 1 && !slow.has(shown))
          expect(tooMany).toEqual([])
          expect(rendersIn.size).toBeGreaterThan(0)
          expect(seen).toEqual([...seen].sort((a, b) => a - b))
          mounted.unmount()
          element.remove()
        }
        client.close()
        cancelAnimationFrame(marking)
      })
    }
  })
}
