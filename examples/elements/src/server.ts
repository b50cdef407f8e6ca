import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createGateway, createWorker, stopOnSignals } from '@headway/gateway'
import { bullmq } from '@headway/gateway/bullmq'
import { embeddedPostgres } from '@headway/gateway/embedded'
import express from 'express'
import { exportUsers } from './jobs.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const directory = process.env.HEADWAY_DATA ?? `${folder}.data`
const postgres = process.env.DATABASE_URL ? null : await embeddedPostgres({ directory })
const database = process.env.DATABASE_URL ?? postgres?.url ?? ''

const app = { database, engine: bullmq(), jobs: { export_users: exportUsers } }
const gateway = await createGateway(app)
const worker = await createWorker(app)
const pages = express()

pages.use(gateway.node)

// The page with htmx gets its elements from here.
pages.post('/exports', async (_, response) => {
  const id = await gateway.start('export_users', { format: 'csv' }, { title: 'Export of users' })
  response.send(`<headway-progress job-id="${id}" label="Export of users"></headway-progress>`)
})

pages.get('/files/:name', ({ params }, response) => {
  response.attachment(params.name).send('name\nAda\n')
})

pages.use(express.static(`${folder}dist/page`))
const server = pages.listen(Number(process.env.PORT ?? 3000), () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`Ready: open http://localhost:${port}\nCtrl-C stops everything.\n`)
})

stopOnSignals({ gateway, worker, ...(postgres && { database: postgres }) })
