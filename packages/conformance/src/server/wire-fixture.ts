import { type BatchItem, isRecord } from '@headway/core/protocol'
import { expect, type TestContext } from 'vitest'
import { type Labels, post, start } from '../wire/api.ts'
import { openStream, type Stream } from '../wire/stream.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** One server for all tests of the protocol, and a new stream for each test. */
export interface Wire {
  readonly server: ServerUnderTest
  readonly stream: Stream
  /**
   * Opens another stream, which is closed after the test. `query` is the query of its URL. With
   * `items` it opens with POST.
   */
  open(query?: string, items?: readonly BatchItem[]): Promise<Stream>
  /** Starts a job that the test controls, and returns its id. */
  begin(labels?: Labels): Promise<string>
  /** Skips the test, with a message, if the server lacks this capability. */
  needs(capability: string, context: TestContext): void
  /** Skips the test, with a message, if this part of the server under test is missing. */
  needsPart<T>(part: T | undefined, what: string, context: TestContext): T
  /** The status and the code of a refused POST. */
  refusal(path: string, body: unknown): Promise<[number, unknown]>
}

/** A wire, and the hooks for a suite. */
export interface WireFixture extends Wire {
  startServer(): Promise<void>
  stopServer(): Promise<void>
  openStream(): Promise<void>
  closeStreams(): void
}

/** Creates a wire. The suite's hooks start its server and streams. */
export function createWire(startServer: () => Promise<ServerUnderTest>): WireFixture {
  let server: ServerUnderTest | undefined
  let stream: Stream | undefined
  const streams: Stream[] = []
  const started = <T>(part: T | undefined): T => {
    if (part === undefined)
      throw new Error('Call startServer() and openStream() in the hooks first')
    return part
  }
  const open: Wire['open'] = async (query = '', items) => {
    const opened = await openStream(started(server).url, {}, query, items)
    streams.push(opened)
    return opened
  }
  return {
    get server() {
      return started(server)
    },
    get stream() {
      return started(stream)
    },
    open,
    begin: (labels) => start(started(server).url, 'scripted', null, labels),
    needs(capability, context) {
      if (started(stream).connected.capabilities?.includes(capability)) return
      skip(`this server does not offer ${capability}`, context)
    },
    needsPart(part, what, context) {
      return part ?? skip(`this server under test does not ${what}`, context)
    },
    async refusal(path, body) {
      const answer = await post(started(server).url, path, body)
      const error = isRecord(answer.body) && isRecord(answer.body.error) ? answer.body.error : {}
      expect(typeof error.message).toBe('string')
      return [answer.status, error.code]
    },
    async startServer() {
      server = await startServer()
    },
    stopServer: async () => server?.stop(),
    async openStream() {
      stream = await open()
    },
    closeStreams() {
      for (const opened of streams.splice(0)) opened.close()
    },
  }
}

function skip(reason: string, context: TestContext): never {
  console.info(`Skipped, since ${reason}: ${context.task.name}`)
  context.skip(reason)
}
