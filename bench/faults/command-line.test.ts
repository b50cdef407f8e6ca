import { expect, it } from 'vitest'
import { commandOf, readCommandLine } from './command-line.ts'

const known = ['headway', 'better-sse', 'socket.io']

it('runs all scenarios and peers once when nothing is said', () => {
  expect(readCommandLine([], known)).toMatchObject({
    type: 'run',
    runs: [
      { scenario: 'drops', clients: 1_000 },
      { scenario: 'deploy', clients: 2_000 },
    ],
    rounds: 1,
    peers: known,
    isPinned: false,
    keeping: { compare: false, record: false },
  })
})

it.each([
  [['deploy'], [{ scenario: 'deploy', clients: 2_000 }]],
  [['deploy', '20000'], [{ scenario: 'deploy', clients: 20_000 }]],
  [
    ['50'],
    [
      { scenario: 'drops', clients: 50 },
      { scenario: 'deploy', clients: 50 },
    ],
  ],
])('runs %j', (args, runs) => {
  expect(readCommandLine(args, known)).toMatchObject({ type: 'run', runs })
})

it('takes peers in the order in which they are known, and its switches', () => {
  const named = ['--peer', 'socket.io', '--peer', 'headway']
  const args = ['drops', ...named, '--pin', '--rounds', '3', '--every', '2.5']
  expect(readCommandLine(args, known)).toMatchObject({
    peers: ['headway', 'socket.io'],
    isPinned: true,
    rounds: 3,
    drops: { downMs: 2_000, everyMs: 2_500 },
  })
})

it.each([
  [['storm'], 'There is no scenario "storm".'],
  [['drops', 'many'], 'There is no scenario "many".'],
  [['drops', '10', '20'], 'There is no place for "20".'],
  [['10', '20'], 'There is no place for "20".'],
  [['drops', '0'], 'The number of clients is "0": it must be 1 or more.'],
  [['--rounds', '1.5'], '--rounds is "1.5": it must be 1 or more.'],
  [['--every', '2'], '--every is "2": it must be more than 2 seconds.'],
  [['--every', 'often'], '--every is "often": it must be more than 2 seconds.'],
  [['--peer', 'pusher'], 'There is no peer "pusher".'],
  [['--pins'], /--pins/],
])('refuses %j', (args, what) => {
  expect(readCommandLine(args, known)).toMatchObject({
    type: 'wrong',
    what: typeof what === 'string' ? what : expect.stringMatching(what),
  })
})

it('helps, whatever else is said', () => {
  expect(readCommandLine(['nonsense', '-h'], known)).toEqual({ type: 'help' })
})

it.each([
  ['drops', '100'],
  ['drops', '100', '--every', '12', '--pin'],
  ['deploy', '100'],
])('says again what %s %s means', (...args) => {
  const asked = readCommandLine(args, known)
  if (asked.type !== 'run') throw new Error(`not understood: ${args}`)
  const [run] = asked.runs
  expect(run && commandOf(run, asked)).toBe(`npm run bench:faults -- ${args.join(' ')}`)
})
