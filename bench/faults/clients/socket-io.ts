import { io } from 'socket.io-client'
import type { Row } from '../servers/changes.ts'
import type { OpenClient } from './client.ts'

/**
 * One socket for all jobs. It reconnects by itself, and says again what it watches unless the
 * server has recovered its rooms.
 *
 * WebSocket alone: with several servers, polling would need a sticky balancer.
 */
export const socketIo: OpenClient = (url, jobIds, show) => {
  const socket = io(url, { transports: ['websocket'] })
  socket.on('connect', () => {
    if (!socket.recovered) socket.emit('watch', jobIds)
  })
  socket.on('update', (row: Row) => show(row.job_id, row))
}
