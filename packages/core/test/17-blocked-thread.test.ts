import { VirtualTimeScheduler } from 'rxjs'
import { expect, it } from 'vitest'
import { createClient, defineJob } from '../src/index.ts'
import { createFakeGateway } from '../src/testing/index.ts'

// dotnet/aspnetcore#11383, online-go/online-go.com#3406, socketio/socket.io#2769: the timer judges before the bytes are read.

const exportUsers = defineJob<null, string>('export_users')

const turn = () => new Promise((resolve) => setTimeout(resolve, 2))

it('a page that was busy (or stopped in a debugger) reads what has come before it calls the stream silent', async () => {
  const scheduler = new VirtualTimeScheduler()
  const gateway = createFakeGateway()
  const client = createClient({
    url: 'http://fake',
    fetch: gateway.fetch,
    scheduler,
    random: () => 0,
    storage: null,
  })
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await turn()
  expect(job.getSnapshot().sync.status).toBe('live')
  const seen: string[] = []
  client.connection.subscribe(() => seen.push(client.connection.getSnapshot().status))
  // Pings came all the time; they lie there unread, since the thread was busy for a minute.
  for (let ping = 0; ping < 4; ping += 1) gateway.ping()
  scheduler.maxFrames = 60_000
  scheduler.frame = 60_000
  // Timers that are due come first, in one turn, before the bytes.
  for (const action of [...scheduler.actions]) {
    if (action.delay <= 60_000) {
      scheduler.actions.splice(scheduler.actions.indexOf(action), 1)
      action.execute(action.state, action.delay)
    }
  }
  await turn()
  expect(seen).toEqual([])
  expect(gateway.count('/events')).toBe(1)
})
