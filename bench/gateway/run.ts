import { parseArgs } from 'node:util'
import { insertRuns, startDatabase } from './database.ts'
import { start } from './processes.ts'
import { reportCommits, reportRecorder, reportStorm } from './report-database.ts'
import { reportFanOut } from './report-fan-out.ts'
import { reportQueries } from './report-queries.ts'
import { reportWorkflows } from './report-workflows.ts'
import { ours } from './rounds.ts'

const help = `What the gateway costs, beside node:http, better-sse, plain updates, DBOS alone and asking again.

npm run bench:gateway -- [part…] [--rounds 5]

Parts: 100, 1000 and 5000 (streams), commit, storm, recorder, workflows, queries; without any, all of them: some 30 minutes.

Servers and readers are processes of their own, the peers alternate, and every other round goes in reverse.
Only ratios within one round are compared, and their median counts.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, help: { type: 'boolean', short: 'h' } },
})
const rounds = Number(values.rounds)
const onStreams = ['100', '1000', '5000']
const onDatabase = {
  commit: reportCommits,
  storm: reportStorm,
  recorder: reportRecorder,
  workflows: reportWorkflows,
  queries: reportQueries,
}
const known = [...onStreams, ...Object.keys(onDatabase)]
const unknown = positionals.find((part) => !known.includes(part))
if (values.help) {
  process.stdout.write(help)
} else if (unknown || !(Number.isInteger(rounds) && rounds > 0)) {
  const what = unknown ? `There is no part "${unknown}"` : `--rounds is "${values.rounds}"`
  process.stderr.write(`${what}.\n\n${help}`)
  process.exitCode = 1
} else {
  await run(positionals.length > 0 ? positionals : known)
}

async function run(parts: readonly string[]): Promise<void> {
  for (const streams of onStreams) {
    if (parts.includes(streams)) await reportFanOut(rounds, Number(streams))
  }
  const reports = Object.entries(onDatabase).filter(([part]) => parts.includes(part))
  if (reports.length === 0) return
  const database = await startDatabase()
  try {
    // A gateway makes the tables.
    const gateway = start<object, number>('serve-database.js', 0, ours, database.url)
    await gateway.next()
    await gateway.stop()
    await insertRuns(database.client, 100_000)
    for (const [, report] of reports) await report(rounds, database)
  } finally {
    await database.stop()
  }
}
