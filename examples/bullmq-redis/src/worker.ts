import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'bullmq'

/* A worker as a team has it, in a process of its own: it knows BullMQ alone. */

const worker = new Worker<{ frames: number }, { file: string }>(
  'transcode',
  async (job) => {
    for (let frame = 1; frame <= job.data.frames; frame += 1) {
      await wait(20)
      await job.updateProgress(Math.round((frame / job.data.frames) * 100))
    }
    return { file: `film-${job.id}.mp4` }
  },
  {
    connection: {
      url: process.env.REDIS_URL ?? 'redis://localhost:6379',
      maxRetriesPerRequest: null,
    },
    concurrency: 4,
  },
)
worker.on('error', (error) => process.stderr.write(`worker: ${error.message}\n`))
process.on('SIGTERM', () => worker.close().finally(() => process.exit()))
