import { afterEach, expect, it } from 'vitest'
import type { Followed } from './support/follow-to-the-end.ts'

/* Where no frame comes, views change all the same, and `result` settles. */

const expected: Followed = { progress: 40, phase: 'succeeded', output: 'done', errors: [] }
const undo: (() => void)[] = []

afterEach(() => {
  for (const work of undo.splice(0)) work()
})

const messageFrom = (source: Worker | Window): Promise<unknown> =>
  new Promise((resolve) => {
    const listen = (event: Event): void => {
      if (event instanceof MessageEvent) resolve(event.data)
    }
    source.addEventListener('message', listen)
    undo.push(() => source.removeEventListener('message', listen))
  })

it('in a dedicated worker, which has frames and no document', async () => {
  const url = new URL('./support/follow.worker.ts', import.meta.url)
  const worker = new Worker(url, { type: 'module' })
  undo.push(() => worker.terminate())
  expect(await messageFrom(worker)).toEqual(expected)
})

it('in an iframe of another site that is not displayed, and gets no frames', async () => {
  const frame = document.createElement('iframe')
  frame.style.display = 'none'
  const here = new URL('./support/follow-in-frame.html', import.meta.url)
  here.hostname = here.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  frame.src = here.href
  const followed = messageFrom(window)
  document.body.append(frame)
  undo.push(() => frame.remove())
  expect(await followed).toEqual(expected)
})
