import type { Socket } from 'node:net'
import type { NodeResponse } from './node-types.ts'

/** The callbacks of each connection's end: one listener, however many responses wait on it. */
const waiting = new WeakMap<Socket, Set<() => void>>()

/**
 * Calls back once a response is over: it was written, or never will be. Node emits `close` for the
 * response that has the connection, but not for responses that wait behind it (pipelined requests)
 * when the connection closes.
 */
export function whenOver(response: NodeResponse, over: () => void): void {
  // A stream of HTTP/2 waits behind no other, and says so itself; a server's stand-in for tests may
  // have no socket.
  const socket: Socket | undefined = 'stream' in response ? undefined : response.req?.socket
  if (!socket) return void response.once('close', over)
  const told = waiting.get(socket) ?? tellOnClose(socket)
  const tell = (): void => {
    if (told.delete(tell)) over()
  }
  told.add(tell)
  response.once('close', tell)
  if (socket.destroyed) tell()
}

function tellOnClose(socket: Socket): Set<() => void> {
  const told = new Set<() => void>()
  waiting.set(socket, told)
  socket.once('close', () => {
    for (const tell of [...told]) tell()
  })
  return told
}
