import { createGateway } from '@headway/gateway'
import { bullmqQueues } from '@headway/gateway/bullmq'
import { Queue } from 'bullmq'
import express from 'express'

const connection = { url: process.env.REDIS_URL ?? 'redis://localhost:6379' }
const queue = new Queue<{ frames: number }>('transcode', { connection })
const app = express()

const gateway = await createGateway({
  database: process.env.DATABASE_URL ?? 'postgresql://localhost/films',
  observe: bullmqQueues({ connection, queues: ['transcode'] }),
})
app.use(gateway.node)

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
