import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { query } from './support/database.ts'
import { database, observe, theirs, versions } from './support/observed-gateway.ts'

const [, [, bullmq]] = versions

it.each([
  ['with news from the queue', true],
  ['while the queue is quiet', false],
])('a standby without the newest rows takes over, %s: they are read again', async (_, hasNews) => {
  const name = `q-${randomUUID()}`
  await observe({ queues: [name] })
  const { add, row } = theirs(bullmq, name)
  const kept = await add('kept')
  await expect.poll(() => row(kept)).toMatchObject({ status: 'pending' })
  const cursorOf = 'select cursor from headway.observed_queue where queue = $1'
  const [before] = await query(database, cursorOf, [`bull:${name}`])
  const lost = await add('lost')
  await expect.poll(() => row(lost)).toMatchObject({ status: 'pending' })

  // What an asynchronous standby has not got: the newest row, and the cursor with it.
  await query(
    database,
    `with gone as (delete from headway.run where name = 'lost' and queue = $1)
     update headway.observed_queue set cursor = $2 where queue = $1`,
    [`bull:${name}`, before?.cursor],
  )
  if (hasNews) await add('news')
  await expect.poll(() => row(lost)).toMatchObject({ status: 'pending' })
})
