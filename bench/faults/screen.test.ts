import { expect, it } from 'vitest'
import { createScreen, type JobState } from './screen.ts'

const running = (revision: number, progress: number | null): JobState => ({
  status: 'running',
  revision,
  progress,
})
const ended = (revision: number): JobState => ({ status: 'completed', revision, progress: 99 })

it.each<[string, JobState[], { ends: number; backwards: number }]>([
  ['nothing', [], { ends: 0, backwards: 0 }],
  ['an end', [running(1, 10), ended(2)], { ends: 1, backwards: 0 }],
  ['an end twice', [ended(2), ended(2)], { ends: 1, backwards: 0 }],
  ['the same state again', [running(1, 10), running(1, 10)], { ends: 0, backwards: 0 }],
  ['a lower revision', [running(2, 10), running(1, 10)], { ends: 0, backwards: 1 }],
  ['a lower percentage', [running(1, 20), running(2, 10)], { ends: 0, backwards: 1 }],
  ['no percentage', [running(1, 20), running(2, null)], { ends: 0, backwards: 0 }],
  ['an end that is taken back', [ended(2), running(3, 99)], { ends: 1, backwards: 1 }],
  [
    'one step back, then on',
    [running(1, 10), running(3, 30), running(2, 20), running(4, 40), ended(5)],
    { ends: 1, backwards: 1 },
  ],
])('counts %s', (_, states, counted) => {
  const screen = createScreen()
  for (const state of states) screen.show('a', state)
  expect(screen).toMatchObject(counted)
})

it('counts each job for itself', () => {
  const screen = createScreen()
  screen.show('a', running(9, 90))
  screen.show('b', running(1, 10))
  screen.show('b', ended(2))
  expect(screen).toMatchObject({ shown: 2, ends: 1, backwards: 0 })
})
