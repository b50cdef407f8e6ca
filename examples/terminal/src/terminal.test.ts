import { idleJob, type JobView } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { type Asked, parseCommandLine } from './options.ts'
import { captionOf, endingOf } from './outcome.ts'

type View = JobView<{ downloadUrl: string; rows: number }>
const view = (fields: Partial<View>): View => ({ ...idleJob, ...fields })
const stale = { status: 'stale', since: 0, reason: 'network' } as const

describe('the command line', () => {
  it.each<[string[], Asked]>([
    [[], { type: 'export', format: 'csv', url: null }],
    [['--format', 'json'], { type: 'export', format: 'json', url: null }],
    [['--url=http://localhost:1'], { type: 'export', format: 'csv', url: 'http://localhost:1' }],
    [['--help'], { type: 'help' }],
    [['-h', '--format', 'xml'], { type: 'help' }],
    [['--format', 'xml'], { type: 'wrong', message: '--format is "xml": give csv or json' }],
  ])('%j', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected)
  })

  it.each([['--formt', 'json'], ['csv'], ['--format'], ['--url', 'localhost']])(
    'one line says what is wrong: %s %s',
    (...args) => {
      const asked = parseCommandLine(args.filter((arg) => arg !== undefined))
      expect(asked.type).toBe('wrong')
      expect('message' in asked && asked.message).not.toContain('\n')
    },
  )
})

describe('the ending', () => {
  it.each<[Partial<View>, number, string]>([
    [
      { phase: 'succeeded', output: { downloadUrl: '/exports/1.csv', rows: 50_000 } },
      0,
      'Completed: 50,000 rows at http://demo/exports/1.csv',
    ],
    [{ phase: 'cancelled', error: 'changed my mind' }, 130, 'Cancelled'],
    [{ phase: 'failed', error: 'disk full' }, 1, 'Failed: disk full'],
    [{ phase: 'missing' }, 1, 'The server no longer has this export'],
  ])('%j', (fields, exitCode, line) => {
    expect(endingOf(view(fields), 'http://demo')).toEqual({ exitCode, line })
  })
})

describe('the text beside the bar', () => {
  it.each<[Partial<View>, string]>([
    [{ phase: 'queued' }, 'queued'],
    [{ phase: 'running', message: 'row 1,000 of 50,000' }, 'row 1,000 of 50,000'],
    [{ phase: 'running', message: 'row 1,000', sync: stale }, 'stale (network), reconnecting…'],
    [{ phase: 'cancelling', message: 'row 1,000' }, 'cancelling…'],
  ])('%j', (fields, expected) => {
    expect(captionOf(view(fields))).toBe(expected)
  })
})
