import { createClient, defineJob } from '@headway/core'
import { createFakeGateway } from '@headway/core/testing'

/** The last views of a job that was followed where no frame may come. */
export interface Followed {
  progress: number | null
  phase: string
  output: string
  errors: string[]
}

/**
 * Follows a job through many updates within one frame to its end, with the platform's own clocks
 * and frames.
 */
export async function followToTheEnd(): Promise<Followed> {
  const errors: string[] = []
  globalThis.addEventListener('error', ({ message }) => errors.push(message))
  globalThis.addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))
  const gateway = createFakeGateway()
  const client = createClient({ url: 'http://fake', fetch: gateway.fetch, storage: null })
  const { job_id } = gateway.createJob()
  const job = client.attach(defineJob<null, string>('export_users'), job_id)
  const shown = (isWanted: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isWanted()) return
        stop()
        resolve()
      }
      const stop = job.subscribe(check)
      check()
    })
  await shown(() => job.getSnapshot().sync.status === 'live')
  // The first update is shown at once, the second one with the next frame or timer.
  for (const progress of [10, 40]) gateway.update(job_id, { status: 'running', progress })
  await shown(() => job.getSnapshot().progress === 40)
  const { progress } = job.getSnapshot()
  for (const next of [50, 60]) gateway.update(job_id, { progress: next })
  gateway.update(job_id, { status: 'completed', output: 'done' })
  const output = await job.result
  const { phase } = job.getSnapshot()
  client.close()
  return { progress, phase, output, errors }
}
