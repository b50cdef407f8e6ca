import { createClient, type JobHandle, type JobView } from '@headway/core'
import { jobs } from '@headway/example-shared'
import { findDemo, isThere } from './find-demo.ts'
import { help, parseCommandLine } from './options.ts'
import { captionOf, endingOf } from './outcome.ts'
import { createProgressDisplay } from './progress-display.ts'

const asked = parseCommandLine(process.argv.slice(2))
if (asked.type === 'help') process.stdout.write(help)
else if (asked.type === 'wrong') fail(asked.message, 2)
else await run(asked.format, await findDemo(asked.url))

async function run(format: 'csv' | 'json', url: string): Promise<void> {
  if (!(await isThere(url))) {
    return fail(
      `The demo is not running at ${url}: start it with "npm run demo" in another terminal`,
      1,
    )
  }
  const client = createClient({ url })
  const job = client.start(jobs.export_users, { format })
  const display = createProgressDisplay(process.stdout)
  cancelOnCtrlC(job)
  const view = await follow(job, ({ progress }, caption) => display.show(progress, caption))
  display.end()
  client.close()
  const { line, exitCode } = endingOf(view, url)
  process.stdout.write(`${line}\n`)
  process.exitCode = exitCode
  // The signal handler alone would keep the process running.
  process.removeAllListeners('SIGINT')
}

/** Resolves with the view the job ended with. */
function follow<TOutput>(
  job: JobHandle<TOutput>,
  show: (view: JobView<TOutput>, caption: string) => void,
): Promise<JobView<TOutput>> {
  return new Promise((resolve) => {
    const check = (): void => {
      const view = job.getSnapshot()
      show(view, captionOf(view))
      if (view.isDone) resolve(view)
    }
    job.subscribe(check)
    check()
  })
}

function cancelOnCtrlC(job: JobHandle<unknown>): void {
  let pressedAt = 0
  process.on('SIGINT', () => {
    const now = performance.now()
    // npm and the terminal may both pass on one key press.
    if (pressedAt > 0 && now - pressedAt < 300) return
    if (pressedAt > 0) {
      process.stdout.write(`\nLeaving; the export ${job.getSnapshot().jobId} continues\n`)
      process.exit(130)
    }
    pressedAt = now
    job.cancel('cancelled in the terminal').catch((error: unknown) => {
      // The export ended, and the client closed, before the answer came.
      if (job.getSnapshot().isDone) return
      process.stderr.write(
        `\nThe export was not cancelled: ${error instanceof Error ? error.message : error}\n`,
      )
    })
  })
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}
