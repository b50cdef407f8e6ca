import { createClient, defineJob } from '@headway/core'
import { runIdOf } from '@headway/core/queues'
import { EventSource } from 'eventsource'
import { type Lags, now, queueName, type ReadOrder } from './order.ts'

/*
 * A page in its own process: it watches jobs, and keeps the time that each report took to its
 * callback.
 */

const [name = ''] = process.argv.slice(2)
const lags: Lags = []
const job = defineJob('transcode')

type Watch = (id: string) => Promise<void>
let watch: Watch | undefined

const byHeadway = (port: number): Watch => {
  const client = createClient({ url: `http://127.0.0.1:${port}` })
  return async (id) => {
    let last: string | null = null
    client.attach(job, runIdOf({ queue: queueName, id })).state$.subscribe(({ message }) => {
      if (message === last || !message) return
      last = message
      lags.push(now() - Number(message))
    })
  }
}
const byEventSource = (port: number): Watch => {
  const source = new EventSource(`http://127.0.0.1:${port}/events`)
  source.addEventListener('film', ({ data }) => {
    const { progress } = JSON.parse(data)
    if (progress) lags.push(now() - Number(progress.message))
  })
  return async (id) => {
    await fetch(`http://127.0.0.1:${port}/watch?id=${id}`, { method: 'POST' })
  }
}

async function obey(order: ReadOrder): Promise<Lags> {
  if (order.type === 'report') return lags
  watch ??= name === 'headway' ? byHeadway(order.port) : byEventSource(order.port)
  await watch(order.id)
  return []
}

process.on('disconnect', () => process.exit())
process.on('message', (order: ReadOrder) => {
  obey(order).then(
    (answer) => process.send?.(answer),
    (error: unknown) => {
      process.stderr.write(`${error}\n`)
      process.exit(1)
    },
  )
})
process.send?.('ready')
