import type { Socket } from 'node:net'
import type { NodeResponse } from './node-types.ts'

/** The maximum wait for a reader that does not read, in milliseconds. */
export const unreadMs = 60_000

/** The callbacks of each connection's end: one listener, however many responses wait on it. */
const waiting = new WeakMap<Socket, Set<() => void>>()

/**
 * Calls back once a response is over: it was written, or never will be. Node emits `close` for the
 * response that has the connection, but not for responses that wait behind it (pipelined requests)
 * when the connection closes.
 */
export function whenOver(response: NodeResponse, over: () => void): void {
  // A stream of HTTP/2 never waits behind another one and emits its own `close`; a fake response of
  // tests may have no socket.
  const socket: Socket | undefined = 'stream' in response ? undefined : response.req?.socket
  if (!socket) return void response.once('close', over)
  const callbacks = waiting.get(socket) ?? callOnClose(socket)
  const callBack = (): void => {
    if (callbacks.delete(callBack)) over()
  }
  callbacks.add(callBack)
  response.once('close', callBack)
  if (socket.destroyed) callBack()
}

function callOnClose(socket: Socket): Set<() => void> {
  const callbacks = new Set<() => void>()
  waiting.set(socket, callbacks)
  socket.once('close', () => {
    for (const callBack of [...callbacks]) callBack()
  })
  return callbacks
}
