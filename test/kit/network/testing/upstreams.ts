import { createServer } from 'node:http'
import type { Server } from 'node:net'
import { text } from 'node:stream/consumers'
import { freePort } from '../free-port.ts'
import { listenLocally } from '../listening.ts'

/** Steps that a test takes after its end, last first. */
export function createCleanUp() {
  let steps: (() => unknown)[] = []
  return {
    defer: (step: () => unknown): void => void steps.push(step),
    /** Lets a server listen until the end of the test, and resolves with its origin. */
    async keep(server: Server): Promise<string> {
      const { port, close } = await listenLocally(server)
      steps.push(close)
      return `http://127.0.0.1:${port}`
    },
    async run(): Promise<void> {
      const all = steps.reverse()
      steps = []
      for (const step of all) await step()
    },
  }
}

/** A server that answers with its name and with what it was asked. */
export function answerAs(name: string): Server {
  return createServer((request, response) => {
    text(request).then(
      (body) => {
        const said = [request.method, request.url, request.headers['x-own'], body].filter(Boolean)
        response.writeHead(201, { 'x-name': name }).end(said.join(' '))
      },
      () => response.destroy(),
    )
  })
}

/** The origin of a server that has gone. */
export async function refusing(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`
}
