import { Queue, QueueEvents } from 'bullmq'
import express, { type Response } from 'express'

const connection = { url: process.env.REDIS_URL ?? 'redis://localhost:6379' }
const queue = new Queue<{ frames: number }>('transcode', { connection })
const app = express()

const pages = new Map<string, Set<Response>>()
const push = (id: string, film: object): void => {
  for (const page of pages.get(id) ?? []) page.write(`data: ${JSON.stringify(film)}\n\n`)
}
const events = new QueueEvents('transcode', { connection })
events.on('progress', ({ jobId, data }) => push(jobId, { status: 'running', progress: data }))
events.on('completed', ({ jobId, returnvalue }) =>
  push(jobId, { status: 'completed', progress: 100, output: returnvalue }),
)
events.on('failed', ({ jobId, failedReason }) =>
  push(jobId, { status: 'failed', error: failedReason }),
)

app.get('/films/:id/events', async (request, response) => {
  const { id } = request.params
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  pages.set(id, (pages.get(id) ?? new Set()).add(response))
  response.on('close', () => pages.get(id)?.delete(response))
  const job = await queue.getJob(id)
  push(id, {
    status: await job?.getState(),
    progress: job?.progress,
    output: job?.returnvalue,
    error: job?.failedReason,
  })
})

app.post('/films/:id/cancel', async (request, response) => {
  // Refused while it runs.
  const job = await queue.getJob(request.params.id)
  await job?.remove()
  response.json({})
})

app.get('/films', async (_, response) => {
  const jobs = await queue.getJobs()
  response.json(jobs.map(({ id }) => id))
})

app.post('/films', async (_, response) => {
  const job = await queue.add('transcode', { frames: 100 }, { attempts: 3 })
  response.json({ id: job.id })
})

app.use(express.static('dist/page'))
app.listen(Number(process.env.PORT ?? 3000))
