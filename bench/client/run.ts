import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import colors from 'picocolors'
import { keepingHelp } from '../figures/command-line.ts'
import type { Figure } from '../figures/figure.ts'
import { runBench } from '../figures/run-bench.ts'
import { lists, peers } from './peers.ts'

const help = `Measures the cost of the client, from bytes to callbacks, beside code by hand.

npm run bench:client -- [part…] [--rounds 5] [--compare] [--record]

Parts: 1, 100, 1000 and 10000 (jobs), list, heap, requests. Default: all parts, about 5 minutes.
${keepingHelp}

Each run has its own process. The peers alternate, and every other round runs in reverse. Machines
are noisy: the bench compares ratios within one round and takes their median.
`
const updates = 200_000
const names = Object.keys(peers)
const rival = 'eventsource 4 + JSON.parse'
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const node = async (...args: string[]): Promise<string> => {
  const options = ['--expose-gc', '--import', 'tsx', ...args]
  const { stdout } = await promisify(execFile)(process.execPath, options)
  return stdout
}
const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const progress = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
}
const commandOf = (part: string): string => `npm run bench:client -- ${part}`

/** Reports the updates per second of each peer, for a number of jobs. */
async function measureUpdates(rounds: number, jobs: number): Promise<Figure[]> {
  const results = new Map<string, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      progress(`round ${round + 1} of ${rounds}: ${jobs} jobs, ${name}`)
      const { perSecond } = JSON.parse(
        await node(here('one.ts'), name, String(jobs), String(updates)),
      ) as { perSecond: number }
      results.get(name)?.push(perSecond)
    }
  }
  progress('')
  say(colors.bold(`Updates per second with ${jobs} jobs, and times ${rival} in the same round`))
  const ofRival = results.get(rival) ?? []
  const command = commandOf(String(jobs))
  return names.flatMap((name): Figure[] => {
    const runs = results.get(name) ?? []
    const ratio = median(runs.map((perSecond, round) => perSecond / (ofRival[round] ?? Number.NaN)))
    say(`${name.padEnd(34)}${Math.round(median(runs) / 1_000)} k  ${ratio.toFixed(2)} x`)
    if (!name.startsWith('headway')) return []
    return [{ command, name: `${name}: updates per second, times ${rival}`, ratio, better: 'more' }]
  })
}

/** Reports the time for updates of one list of 100 runs, beside that of 100 attached jobs. */
async function measureList(rounds: number): Promise<Figure[]> {
  const jobs = 100
  const figures: Figure[] = []
  for (const name of Object.keys(lists)) {
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}: a list of ${jobs} runs, ${name}`)
      const perSecond: Record<string, number> = {}
      for (const form of round % 2 === 0 ? ['jobs', 'list'] : ['list', 'jobs']) {
        const printed = await node(here('one.ts'), name, String(jobs), String(updates), form)
        perSecond[form] = (JSON.parse(printed) as { perSecond: number }).perSecond
      }
      ratios.push((perSecond.jobs ?? Number.NaN) / (perSecond.list ?? Number.NaN))
    }
    progress('')
    const ratio = median(ratios)
    const about = `${name}: time for updates of a list of ${jobs} runs`
    say(`${about}: ${ratio.toFixed(2)} times that of ${jobs} attached jobs`)
    const figure = `${about}, times ${jobs} attached jobs`
    figures.push({ command: commandOf('list'), name: figure, ratio, better: 'less' })
  }
  return figures
}

/** Reports the heap per tracked job, beside the parsed state and its listener alone. */
async function measureHeap(rounds: number): Promise<Figure[]> {
  const heaps: { ours: number; bare: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    progress(`round ${round + 1} of ${rounds}: heap`)
    heaps.push(JSON.parse(await node(here('heap.ts'))))
  }
  progress('')
  const ratio = median(heaps.map(({ ours, bare }) => ours / bare))
  const bytes = Math.round(median(heaps.map(({ ours }) => ours)))
  const beside = 'a Map of parsed states and their listeners'
  say(`Heap per tracked job: ${bytes} B, ${ratio.toFixed(2)} times ${beside}`)
  const name = `heap per tracked job, times ${beside}`
  return [{ command: commandOf('heap'), name, ratio, better: 'less' }]
}

/** Reports the requests until all targets are in sync again. */
async function countRequests(): Promise<Figure[]> {
  const count = Number(await node(here('reconnect.ts')))
  say(`Requests until 100 queries and 100 jobs are in sync again: ${count}`)
  const name = 'requests until 200 registrations are in sync again, times one each'
  return [{ command: commandOf('requests'), name, ratio: count / 200, better: 'less' }]
}

const parts: Record<string, (rounds: number) => Promise<Figure[]>> = {
  1: (rounds) => measureUpdates(rounds, 1),
  100: (rounds) => measureUpdates(rounds, 100),
  1000: (rounds) => measureUpdates(rounds, 1_000),
  10000: (rounds) => measureUpdates(rounds, 10_000),
  list: measureList,
  heap: measureHeap,
  requests: countRequests,
}

await runBench({
  help,
  parts: Object.keys(parts),
  async measure(asked, rounds) {
    const figures: Figure[] = []
    for (const part of asked) figures.push(...((await parts[part]?.(rounds)) ?? []))
    return figures
  },
})
