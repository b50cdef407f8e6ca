import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import colors from 'picocolors'
import { peers } from './peers.ts'

/*
 * What the client costs, from bytes to state callbacks: npm run bench:client [rounds]
 *
 * Every run is a process of its own; the peers alternate, and every other round in reverse. The
 * machine is noisy, so only ratios within one round are compared, and their median counts.
 */

const rounds = Number(process.argv[2] ?? 5)
const counts = [1, 100, 1_000, 10_000]
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

interface Run {
  perSecond: number
  callbacks: number
}

const results = new Map<string, Run[]>()
const of = (name: string, jobs: number): Run[] => results.get(`${name} ${jobs}`) ?? []
for (let round = 0; round < rounds; round += 1) {
  for (const jobs of counts) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      progress(`round ${round + 1} of ${rounds}: ${jobs} jobs, ${name}`)
      const run = JSON.parse(await node(here('one.ts'), name, String(jobs), String(updates)))
      results.set(`${name} ${jobs}`, [...of(name, jobs), run])
    }
  }
}
progress('')

say(colors.bold(`Updates per second, ${updates.toLocaleString('en')} updates, median of ${rounds}`))
say(`${''.padEnd(34)}${counts.map((jobs) => `${jobs} jobs`.padStart(22)).join('')}`)
for (const name of names) {
  const cells = counts.map((jobs) => {
    const runs = of(name, jobs)
    const ratios = runs.map(({ perSecond }, round) => {
      return perSecond / (of(rival, jobs)[round]?.perSecond ?? Number.NaN)
    })
    const thousand = Math.round(median(runs.map(({ perSecond }) => perSecond)) / 1_000)
    return `${thousand} k  ${median(ratios).toFixed(2)} x`.padStart(22)
  })
  say(`${name.padEnd(34)}${cells.join('')}`)
}
say(colors.dim(`x: times "${rival}" in the same round`))
const every = 'headway, everyUpdate'
const kept = of(every, 1_000).map(({ perSecond }, round) => {
  return perSecond / (of(every, 100)[round]?.perSecond ?? Number.NaN)
})
say(`everyUpdate at 1,000 jobs, times its rate at 100: ${median(kept).toFixed(2)}`)
const heap: number[] = []
for (let round = 0; round < rounds; round += 1) {
  heap.push(Number(await node(here('heap.ts'))))
}
say(`Heap per tracked job: ${Math.round(median(heap))} B`)
say(
  `Round trips until 100 queries and 100 jobs are in sync again: ${await node(here('reconnect.ts'))}`,
)
