import { peers } from './peers.ts'

/*
 * One server of a peer, in its own process. It sends its port, and serves until its parent ends.
 */

/** An order to the server: to let its clients go, over this time if it can. */
export interface Drain {
  overMs: number
}

const [name = '', database = ''] = process.argv.slice(2)

process.on('disconnect', () => process.exit())
const server = await peers[name]?.start(database)
if (!server) throw new Error(`There is no peer "${name}"`)
process.on('message', async ({ overMs }: Drain) => {
  await server.drain(overMs)
  process.send?.(server.port)
})
process.send?.(server.port)
