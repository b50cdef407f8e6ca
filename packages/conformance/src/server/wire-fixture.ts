import { isRecord } from '@headway/core/protocol'
import { expect, type TestContext } from 'vitest'
import { post, start } from '../wire/api.ts'
import { openStream, type Stream } from '../wire/stream.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/** The fixture of the wire's tests: one server for all of them, and a fresh stream for each. */
export interface Wire {
  readonly server: ServerUnderTest
  readonly stream: Stream
  /** Opens another stream until the end of the test. `query` is the query string of its URL. */
  open(query?: string): Promise<Stream>
  /** Starts the job `scripted` and resolves with its id. */
  begin(): Promise<string>
  /** Skips the test, with a message, when the server does not have the capability. */
  needs(capability: string, context: TestContext): void
  /** Resolves with the status and the code of a refused POST. */
  refusal(path: string, body: unknown): Promise<[number, unknown]>
}

/** A {@link Wire} with the hooks that a suite calls. */
export interface WireFixture extends Wire {
  startServer(): Promise<void>
  stopServer(): Promise<void>
  openStream(): Promise<void>
  closeStreams(): void
}

/** Creates the fixture. `startServer()` of the result starts the server. */
export function createWire(startServer: () => Promise<ServerUnderTest>): WireFixture {
  let server: ServerUnderTest | undefined
  let stream: Stream | undefined
  const streams: Stream[] = []
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The suite has not started it')
    return part
  }
  const open = async (query = ''): Promise<Stream> => {
    const opened = await openStream(started(server).url, {}, query)
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
    begin: () => start(started(server).url, 'scripted'),
    needs(capability, context) {
      if (started(stream).connected.capabilities?.includes(capability)) return
      console.info(`Skipped, since this server does not offer ${capability}: ${context.task.name}`)
      context.skip(`this server does not offer ${capability}`)
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
