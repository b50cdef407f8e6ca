import { createServer } from 'node:net'
import { listenLocally } from './listening.ts'

/** A port of this machine that nothing listens on at present. */
export async function freePort(): Promise<number> {
  const { port, close } = await listenLocally(createServer())
  await close()
  return port
}
