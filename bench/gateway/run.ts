import { keepingHelp } from '../figures/command-line.ts'
import type { Figure } from '../figures/figure.ts'
import { runBench } from '../figures/run-bench.ts'
import { reportCluster } from './cluster/report.ts'
import { type Database, insertRuns, startDatabase } from './database.ts'
import { start } from './processes.ts'
import { reportCommits, reportRecorder, reportStorm } from './report-database.ts'
import { reportFanOut } from './report-fan-out.ts'
import { reportGroups } from './report-groups.ts'
import { reportLists } from './report-lists.ts'
import { reportQueries } from './report-queries.ts'
import { reportRedis } from './report-redis.ts'
import { reportWorkflows } from './report-workflows.ts'
import { ours } from './rounds.ts'

const help = `Measures the cost of the gateway beside node:http, better-sse, plain updates, DBOS, polling and QueueEvents.

npm run bench:gateway -- [part…] [--rounds 5] [--compare] [--record]

Parts: 100, 1000 and 5000 (streams), commit, storm, recorder, workflows, queries,
lists (over a million runs), groups, cluster (several gateways) and redis (queues of BullMQ). Default: all parts, about an hour.
${keepingHelp}

Servers and readers have their own processes. The peers alternate, and every other round runs in
reverse. With streams they take turns ten times per round. The bench compares ratios within one
turn and takes their median.
`

/** Reports the fan-out for a number of streams. */
const onStreams = (streams: number) => (rounds: number, database: Database) =>
  reportFanOut(rounds, streams, database)
const reports = {
  '100': onStreams(100),
  '1000': onStreams(1_000),
  '5000': onStreams(5_000),
  commit: reportCommits,
  storm: reportStorm,
  recorder: reportRecorder,
  workflows: reportWorkflows,
  queries: reportQueries,
  lists: reportLists,
  groups: reportGroups,
  cluster: reportCluster,
  redis: reportRedis,
}
await runBench({ help, parts: Object.keys(reports), measure })

async function measure(parts: readonly string[], rounds: number): Promise<Figure[]> {
  const database = await startDatabase()
  try {
    // The gateway creates the tables.
    const gateway = start<object, number>('serve-database.js', 0, ours, database.url)
    await gateway.next()
    await gateway.stop()
    await insertRuns(database.client, 100_000)
    const figures: Figure[] = []
    for (const [part, report] of Object.entries(reports)) {
      if (parts.includes(part)) figures.push(...(await report(rounds, database)))
    }
    return figures
  } finally {
    await database.stop()
  }
}
