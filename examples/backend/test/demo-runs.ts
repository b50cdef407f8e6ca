import { setTimeout as wait } from 'node:timers/promises'
import { read, start } from '@headway/conformance/wire'
import { startDemo } from './demo-process.ts'

/*
 * Runs the demo as the README says and checks that its page answers, that a job completes, and that
 * SIGTERM leaves no process behind. Otherwise it exits with 1. `test/fresh-machine.sh` runs it.
 */

const demo = await startDemo()
try {
  const page = await (await fetch(demo.url)).text()
  if (!page.includes('<script')) throw new Error(`The page is ${page}`)
  const job = await start(demo.url, 'export_users', { format: 'csv' })
  let status = ''
  while (status !== 'completed') {
    const seen = await read(demo.url, job)
    if (seen.error !== null) throw new Error(`The job is ${seen.status}: ${seen.error}`)
    status = seen.status
    await wait(100)
  }
  const exported = await fetch(`${demo.url}/exports/${job}.csv`)
  if (!exported.ok) throw new Error(`Its file answers ${exported.status}`)
  demo.child.kill('SIGTERM')
  await demo.ended
  const left = await demo.left()
  if (left.length > 0) throw new Error(`These processes are left: ${left.join(', ')}`)
} finally {
  process.stdout.write(`${demo.lines.join('\n')}\n`)
  await demo.stop()
}
