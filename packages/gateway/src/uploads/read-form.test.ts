import { afterEach, beforeEach, expect, it } from 'vitest'
import { bodyAlreadyRead } from '../refusals/requests.ts'
import { readForm } from './read-form.ts'

const limits = { maxBytes: 100, maxFileBytes: 100, maxFiles: 1, types: [], timeoutSecs: 0.05 }
const unhandled: unknown[] = []
const note = (error: unknown): void => void unhandled.push(error)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

/** Reads a form into a folder that is not needed: no file ever comes. */
const read = (chunks: () => AsyncIterable<Uint8Array>): Promise<unknown> => {
  const header = (name: string): string | null =>
    name === 'content-type' ? 'multipart/form-data; boundary=x' : null
  return readForm({ header, chunks }, '/nowhere', limits)
}

/** A body that never comes. */
async function* silent(): AsyncGenerator<Uint8Array> {
  await new Promise(() => undefined)
}

it('a body that was read already is refused at once, and nothing is left to reject later', async () => {
  const refusal = read(() => {
    throw bodyAlreadyRead()
  })
  await expect(refusal).rejects.toThrow('The body was read before')
  // Its limit passes after that of the first.
  await expect(read(silent)).rejects.toThrow('took more than')
  expect(unhandled).toEqual([])
})
