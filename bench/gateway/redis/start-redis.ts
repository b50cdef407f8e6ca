import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@headway/test-kit/network/free-port'
import { guard } from '@headway/test-kit/processes/guard'

/** A Redis of the bench's own. */
export interface BenchRedis {
  url: string
  stop(): Promise<void>
}

/** Whether it can be started here. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0

/** Starts `redis-server` on the first processor, beside the workers. It goes away with this process. */
export async function startRedis(): Promise<BenchRedis> {
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'headway-bench-'))]
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const child = spawn('redis-server', place, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await once(child, 'spawn')
  // Where a process cannot be pinned, it runs anywhere.
  spawnSync('taskset', ['-cp', '0', String(child.pid)])
  const isGone = guard(child.pid ?? 0, folder)
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill()
      await ended
      isGone()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
