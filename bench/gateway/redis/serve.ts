import { headway } from './watch-ours.ts'
import { byHand } from './watch-theirs.ts'

/*
 * Shows the jobs of the queue to pages, in its own process. It sends its port, and answers each
 * message with the processor time that it has taken, in microseconds.
 */

/** Shows jobs to pages. */
export interface Watcher {
  port: number
  stop(): Promise<void>
}

const [name = '', redis = ''] = process.argv.slice(2)
const watcher = await (name === 'headway' ? headway(redis) : byHand(redis))
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.(user + system)
})
process.on('disconnect', () => {
  watcher.stop().finally(() => process.exit())
})
process.send?.(watcher.port)
