import { setTimeout as wait } from 'node:timers/promises'
import type { ShownJobs, ShowOrder } from './order.ts'
import { headway } from './watch-ours.ts'
import { byHand } from './watch-theirs.ts'

/*
 * Shows the jobs of the queue to pages, in its own process. It sends its port, and answers each
 * order once it has shown the ends of so many jobs.
 */

const [name = '', redis = ''] = process.argv.slice(2)
const watcher = await (name === 'headway' ? headway(redis) : byHand(redis))
process.on('message', ({ jobs }: ShowOrder) => {
  obey(jobs).then((shown) => process.send?.(shown), fail)
})
process.on('disconnect', () => {
  watcher.stop().finally(() => process.exit())
})
process.send?.(watcher.port)

async function obey(jobs: number): Promise<ShownJobs> {
  while ((await watcher.ended()) < jobs) await wait(20)
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system }
}

function fail(error: unknown): never {
  process.stderr.write(`${error}\n`)
  process.exit(1)
}
