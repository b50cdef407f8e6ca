import { openStream } from '@headway/conformance/wire'

/** More than one visitor's address may have open: 32. */
const many = 40

/**
 * Opens many streams, each after the one before was closed. A server that does not learn that its
 * clients have left soon refuses the next one.
 */
export async function expectStreamsEnd(url: string): Promise<void> {
  for (let opened = 0; opened < many; opened += 1) {
    const stream = await openStream(url)
    stream.close()
  }
}
