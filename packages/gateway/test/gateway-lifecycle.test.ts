import { once } from 'node:events'
import { connect } from 'node:net'
import { openStream, post, start, subscribe } from '@headway/conformance/wire'
import { expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, type Engine, job, workflow } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { database, gateway } from './support/http-gateway.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

it('mounted in another server, it leaves other paths to that', async () => {
  let passed = false
  const request = { url: '/_apiary', method: 'GET', headers: {} } as never
  gateway.node(request, {} as never, () => {
    passed = true
  })
  expect(passed).toBe(true)
})

it('refuses to listen where others can reach it', async () => {
  await expect(gateway.listen(0, '0.0.0.0')).rejects.toThrow('without authentication')
})

it('names what is wrong with its options', async () => {
  const good = { database, engine: bullmq(), jobs: {} }
  const wrong = { ...good, database: 'localhost' }
  await expect(createGateway(wrong)).rejects.toThrow('database is "localhost"')
  await expect(createGateway({ ...good, pingSecs: 0 })).rejects.toThrow('pingSecs is 0')
  const named = { ...good, jobs: { 'a b': job({ run: () => null }) } }
  await expect(createGateway(named)).rejects.toThrow('jobs has "a b"')
  const bare = { database, engine: bullmq(), logger: quiet }
  await expect(createGateway({ ...bare, jobs: null } as never)).rejects.toThrow('jobs is null')
  const greet = job({ run: () => null })
  await expect(createGateway({ database, jobs: { greet } })).rejects.toThrow('engine is missing')
  const workflows = { greet: workflow({ run: () => null }) }
  await expect(createGateway({ database, workflows })).rejects.toThrow('workflowEngine is missing')
  const both = { ...bare, workflowEngine: dbos(), jobs: { greet }, workflows }
  await expect(createGateway(both)).rejects.toThrow('"greet" is a job and a workflow')
  const swapped = { ...bare, jobs: workflows }
  await expect(createGateway(swapped as never)).rejects.toThrow(
    'jobs has "greet", which is not a job',
  )
  const noJob = { ...bare, jobs: { greet: () => 'hello' } }
  await expect(createWorker(noJob as never)).rejects.toThrow('jobs has "greet", which is not a job')
  await expect(createWorker({ ...good, concurrency: 1.5 })).rejects.toThrow('concurrency is 1.5')
  expect(() => job({ attempts: 0, run: () => null })).toThrow('attempts is 0')
  expect(() => job({} as never)).toThrow('run is undefined')
  expect(() => bullmq({ lockMs: 0 })).toThrow('lockMs is 0')
  const tooLong = { stalledIntervalMs: 3_000_000_000 }
  expect(() => bullmq(tooLong)).toThrow('stalledIntervalMs is 3000000000')
  await expect(createWorker({ ...good, leaseMs: 3_000_000_000 })).rejects.toThrow('leaseMs is 3')
  expect(() => dbos({ poolSize: 0 })).toThrow('poolSize is 0')
  expect(() => workflow({} as never)).toThrow('run is undefined')
  expect(() => workflow({ steps: ['a b'], run: () => null })).toThrow('The step "a b" has')
  expect(() => workflow({ steps: ['a', 'a'], run: () => null })).toThrow('steps is a, a')
})

it('leaves no connection behind when it cannot be made', async () => {
  const own = await createDatabase()
  const engine: Engine = {
    name: 'none',
    queue: 'none',
    connect: () => Promise.reject(new Error('no queue')),
  }
  const app = { database: own, engine, jobs: {}, logger: quiet }
  await expect(createGateway(app)).rejects.toThrow('no queue')
  await expect(createWorker(app)).rejects.toThrow('no queue')
  const others =
    'select application_name from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()'
  const name = new URL(own).pathname.slice(1)
  await expect.poll(() => query(own, others, [name])).toEqual([])
})

it('closes although a reader has stopped reading; twice is once', async () => {
  const own = await createDatabase()
  const jobs = { plain: job({ run: () => null }) }
  const other = await createGateway({ database: own, engine: bullmq(), jobs, logger: quiet })
  const served = (await other.listen(0)).url
  const [large, small] = [await start(served, 'plain'), await start(served, 'plain')]
  const socket = connect(Number(new URL(served).port), '127.0.0.1')
  socket.write('GET /_api/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  let text = ''
  while (!/session_secret.*\n\n/.test(text)) text += (await once(socket, 'data'))[0]
  socket.pause()
  const session = JSON.parse(text.match(/^data: (.*)$/m)?.[1] ?? '')
  await post(served, '/subscribe-job', { ...session, id: large, job_id: large })
  const reading = await openStream(served)
  await subscribe(served, reading, small)
  const change = `with changed as (
      update headway.run set output = to_json(repeat('x', $2::integer)), revision = revision + 1
       where id = $1 returning id
    ) select pg_notify('headway_run', id::text) from changed`
  // More than the buffers of both ends hold; once the second is heard of, the first was written.
  await query(own, change, [large, 40_000_000])
  await query(own, change, [small, 1])
  await reading.until(({ output }) => output !== null)
  await Promise.all([other.close(), other.close()])
  socket.destroy()
})

it('ends its streams when it closes, and its process ends by itself', async () => {
  const { child, message } = await startProcess('./gateway.ts', { DATABASE: database })
  try {
    const ended = once(child, 'exit')
    const open = await openStream(String(message))
    child.send('close')
    await open.ended
    expect((await ended)[0]).toBe(0)
  } finally {
    await kill(child)
  }
})
