import { createGateway } from '@headway/gateway'
import { embeddedPostgres } from '@headway/gateway/embedded'
import colors from 'picocolors'
import { createApp } from './app.ts'
import { createTables } from './create-tables.ts'
import { DemoError } from './demo-error.ts'
import { refuseSecondDemo, removeDemoFile, writeDemoFile } from './demo-file.ts'
import { checkPort, portFrom } from './free-port.ts'
import { makeFolders } from './make-folders.ts'
import { servePage } from './page-server.ts'
import { onParentGone } from './parent-gone.ts'
import {
  databaseFolder,
  dataFolder,
  demoFile,
  exportsFolder,
  importsFolder,
  logFile,
} from './places.ts'
import { seedUsers, userCount } from './seed-users.ts'
import { createSteps } from './steps.ts'
import { startWorker } from './worker-process.ts'

/** Ends the process if an orderly stop fails. */
const exit = (): never => process.exit(1)

/** The time an orderly stop may take, in milliseconds. */
const patienceMs = 10_000

const steps = createSteps(process.stdout)
/** Functions that stop what was started. They run in reverse order. */
const started: (() => Promise<void>)[] = []
let stopping: Promise<void> | undefined
let stoppedAt = 0

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second signal ends it at once. Not within 500 ms: npm and the terminal pass on the same
    // Ctrl-C.
    if (stopping && performance.now() - stoppedAt > 500) process.exit(1)
    stop(0).catch(exit)
  })
}

// npm ends its shell, and the shell does not pass the signal on.
if (process.env.npm_lifecycle_event) onParentGone(() => stop(0).catch(exit))

const starting = start()
starting.catch((error: unknown) => {
  if (stopping) return
  process.stderr.write(`${colors.red(error instanceof Error ? error.message : String(error))}\n`)
  stop(1).catch(exit)
})

async function start(): Promise<void> {
  const { say } = steps
  say(colors.bold('Headway demo'))
  const port = portFrom(process.env.PORT)
  await refuseSecondDemo()
  await checkPort(port)
  await makeFolders([dataFolder, exportsFolder, importsFolder], [logFile, demoFile])
  const notices: string[] = []
  const database = { directory: databaseFolder, say: (line: string) => void notices.push(line) }
  const postgres = await step('PostgreSQL', () => embeddedPostgres(database))
  started.push(postgres.stop)
  for (const notice of notices) say(colors.dim(`    ${notice}`))
  const users = `${userCount.toLocaleString('en')} users`
  await step(users, () => seedUsers(postgres.url))
  await createTables(postgres.url)
  const gateway = await step('gateway', () => createGateway(createApp(postgres.url)))
  started.push(gateway.close)
  const worker = await step('worker, a process of its own', () => startWorker(postgres.url, say))
  started.push(worker.stop)
  const page = await step('page', () => servePage(gateway, worker, port))
  started.push(page.close, removeDemoFile)
  await writeDemoFile(page.url)
  if (stopping) return
  say(`\n  Ready: open ${colors.cyan(colors.underline(page.url))}`)
  say(colors.dim(`  Data and log are in ${dataFolder}. Ctrl-C stops everything.\n`))
}

/** Runs one step, unless the demo was asked to stop in the meantime. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (stopping) throw new DemoError('The demo was asked to stop')
  return steps.step(name, work)
}

function stop(code: number): Promise<void> {
  stoppedAt = performance.now()
  stopping ??= (async () => {
    if (code === 0) steps.say('\nStopping…')
    setTimeout(() => process.exit(1), patienceMs).unref()
    // A part can be stopped only after its start has finished.
    await starting.catch(() => undefined)
    for (const close of started.reverse()) {
      await close().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      })
    }
    process.exit(code)
  })()
  return stopping
}
