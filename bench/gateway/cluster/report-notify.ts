import type { Figure } from '../../figures/figure.ts'
import type { Database } from '../database.ts'
import { eachRound } from '../rounds.ts'
import { commandOf, median, note, type Rounds, ratio, say, short, title } from '../table.ts'
import { measureNotify, type Notified, type NotifyCase } from './notify.ts'

/** The cases: each number of writers without and with notifications, for 1 and for 4 gateways. */
const cases = new Map<string, NotifyCase>(
  [1, 4, 16, 64].flatMap((writers) => [
    [`${writers} without NOTIFY`, { writers, gateways: 1, isNotified: false }],
    [`${writers}, 1 gateway`, { writers, gateways: 1, isNotified: true }],
    [`${writers}, 4 gateways`, { writers, gateways: 4, isNotified: true }],
  ]),
)

/** Reports how many commits per second can notify, and what happens then. */
export async function reportNotify(rounds: number, database: Database): Promise<Figure[]> {
  const results: Rounds<Notified> = new Map()
  await eachRound(rounds, [...cases.keys()], async (name) => {
    const asked = cases.get(name)
    if (asked) note(results, name, await measureNotify(database, asked))
  })
  title(
    'Writers that change a run each: commits per second, their time and the delay of a push (ms)',
  )
  say('writers', 'commits', 'a commit p50, p99', 'a push p50, p99')
  const milliseconds = (name: string, of: (result: Notified) => readonly number[]): string =>
    [0, 1]
      .map((at) => median(results, name, (one) => of(one)[at] ?? Number.NaN).toFixed(1))
      .join('  ')
  for (const name of cases.keys()) {
    say(
      name,
      short(median(results, name, ({ written }) => written.perSecond)),
      milliseconds(name, ({ written }) => [written.p50, written.p99]),
      milliseconds(name, ({ push }) => [push.p50, push.p99]),
    )
  }
  const perSecond = ({ written }: Notified): number => written.perSecond
  const [notified, plain] = ['64, 4 gateways', '64 without NOTIFY']
  return [
    {
      command: commandOf('cluster'),
      name: 'commits of 64 writers that notify 4 gateways, times those that do not notify',
      ratio: ratio(results, notified, plain, perSecond),
      better: 'more',
    },
  ]
}
