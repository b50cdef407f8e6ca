import { keepingHelp } from '../figures/command-line.ts'
import type { Figure } from '../figures/figure.ts'
import { createKeeper } from '../figures/keep.ts'
import { type Database, startDatabase } from '../gateway/database.ts'
import { start } from '../gateway/processes.ts'
import { eachRound } from '../gateway/rounds.ts'
import { note, type Rounds } from '../gateway/table.ts'
import { type Asked, commandOf, readCommandLine } from './command-line.ts'
import { measureDeploy } from './deploy.ts'
import { measureDrops } from './drops.ts'
import type { Outcome } from './outcome.ts'
import { ours, peers } from './peers.ts'
import { printTable, toFigures } from './report.ts'

const help = `Measures what lost connections and deploys do to screens, beside better-sse and Socket.IO.

npm run bench:faults -- [scenario] [clients] [option…]

Scenarios: drops, with 1,000 clients, and deploy, with 2,000. Default: both, about 20 minutes.
--rounds  is the number of rounds; the tables have their medians. Default: 1.
--peer    measures this peer only; may be given again.
          ${Object.keys(peers).join('; ')}
--every   is the number of seconds from one drop of a client to the next. Default: 15.
--pin     keeps each client at one server until that one is replaced. Otherwise each
          connection goes to the next server.
${keepingHelp}

Servers, clients, and the proxies between them have their own processes. All clients follow the
same ten jobs in PostgreSQL. Linux only: each client has its own address below 127.0.0.0/8.
`

const measures = { drops: measureDrops, deploy: measureDeploy }

const asked = readCommandLine(process.argv.slice(2), Object.keys(peers))
if (asked.type === 'help') process.stdout.write(help)
else if (asked.type === 'wrong') {
  process.stderr.write(`${asked.what}\n\n${help}`)
  process.exitCode = 1
} else {
  const keep = createKeeper(asked.keeping)
  keep(await measure(asked))
}

async function measure({ runs, rounds, peers, drops, isPinned }: Asked & { type: 'run' }) {
  const database = await startDatabase()
  try {
    await createTables(database)
    const figures: Figure[] = []
    for (const run of runs) {
      const results: Rounds<Outcome> = new Map()
      await eachRound(rounds, peers, async (peer) => {
        const cast = { peer, clients: run.clients, isPinned, database }
        note(results, peer, await measures[run.scenario](cast, drops))
      })
      printTable(run, results)
      figures.push(...toFigures(commandOf(run, { drops, isPinned }), run, results))
    }
    return figures
  } finally {
    await database.stop()
  }
}

/** The gateway creates them when it starts. */
async function createTables({ url }: Database): Promise<void> {
  const gateway = start<object, number>('faults-serve.js', 0, ours, url)
  await gateway.next()
  await gateway.stop()
}
