import { Server } from 'socket.io'
import { listenForChanges, type Row } from './changes.ts'
import { type RunningServer, serve } from './server.ts'

/** The use of Socket.IO's own means against lost connections. */
interface Means {
  /**
   * Connection state recovery, with its default of two minutes. The adapter in memory has it; it
   * helps a client that returns to the same server. Of those for several servers, only the ones
   * on Redis Streams and MongoDB have it.
   */
  recovery: boolean
  /**
   * Sends the current states to a client that was not recovered, as the tutorial does. Without
   * it, such a client waits for the next change.
   */
  reads: boolean
}

/** A room per job. Each server listens to the database, so no adapter has to connect them. */
export const socketIo =
  ({ recovery, reads }: Means) =>
  async (database: string): Promise<RunningServer> => {
    const { server, port } = await serve()
    const io = new Server(server, recovery ? { connectionStateRecovery: {} } : {})
    const changes = await listenForChanges(database, (row: Row) => {
      io.to(row.job_id).emit('update', row)
    })
    io.on('connection', (socket) => {
      socket.on('watch', async (jobIds: string[]) => {
        await socket.join(jobIds)
        if (!reads) return
        for (const row of await changes.read(jobIds)) socket.emit('update', row)
      })
    })
    return {
      port,
      drain: async () => void (await io.close()),
    }
  }
