import { createClient, defineJob, defineMutation } from '@headway/core'

/*
 * This process follows a job, makes a call that is never answered, closes its client, and then has
 * nothing left to do.
 */
const client = createClient({ url: process.argv[2] ?? '' })
const job = client.start(defineJob<null, null>('scripted'), null)
job.subscribe(() => {
  if (job.getSnapshot().sync.status !== 'live') return
  client.call(defineMutation('never')).catch(({ code }) => process.stdout.write(code))
  setImmediate(() => client.close())
})
