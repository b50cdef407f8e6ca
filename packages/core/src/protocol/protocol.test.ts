import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../errors.ts'
import {
  capabilities,
  decodeEvent,
  encodeCapabilities,
  encodeEvent,
  isTerminalStatus,
  isTerminalWorkflowStatus,
  jobStatuses,
  parseCapabilities,
  parseEnvelope,
  parseJobSnapshot,
  type ServerEvent,
  workflowStatuses,
} from './index.ts'

const frame = (data: string) => ({ event: 'update', data })

describe('decodeEvent', () => {
  it('ignores an event of a type it does not know', () => {
    expect(decodeEvent(frame('{"type":"channel","channel":"a","payload":1}'))).toBeNull()
  })

  it.each([
    ['not JSON', 'row 4'],
    ['not an object', '[1]'],
    ['no session', '{"type":"connected"}'],
    ['no target', '{"type":"update","payload":{}}'],
    ['no code', '{"type":"error","target":"job:1"}'],
  ])('returns an error for a malformed frame: %s', (_, data) => {
    expect(decodeEvent(frame(data))).toBeInstanceOf(ProtocolError)
  })

  it('drops malformed members of `connected` and keeps the session', () => {
    const data = '{"type":"connected","session_id":"a","session_secret":"b","capabilities":["x",1]}'
    expect(decodeEvent(frame(data))).toEqual({
      type: 'connected',
      session_id: 'a',
      session_secret: 'b',
      capabilities: ['x'],
    })
  })

  it('decodes every event that encodeEvent wrote, from one data line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (target, payload) => {
        const event: ServerEvent = { type: 'update', target, payload }
        const text = encodeEvent(event)
        const [name, data, ...end] = text.split('\n')
        expect([name, ...end]).toEqual(['event: update', '', ''])
        expect(decodeEvent(frame(data?.slice('data: '.length) ?? ''))).toEqual(
          JSON.parse(JSON.stringify(event)),
        )
      }),
    )
  })
})

describe('parseJobSnapshot', () => {
  it('fills in the members that an older server leaves out', () => {
    expect(parseJobSnapshot({ job_id: '1', status: 'running' })).toEqual({
      job_id: '1',
      status: 'running',
      progress: null,
      message: null,
      output: null,
      error: null,
    })
  })

  it('never throws, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => parseJobSnapshot(value)).not.toThrow()
        expect(() => parseEnvelope(value)).not.toThrow()
      }),
    )
    expect(parseJobSnapshot(undefined)).toBeInstanceOf(ProtocolError)
  })
})

describe('parseEnvelope', () => {
  it.each([
    [{ success: true }, { success: true, data: null }],
    [
      { success: false, error: { code: 'NOT_FOUND', message: 'no' }, request_id: 'r' },
      { success: false, error: { code: 'NOT_FOUND', message: 'no' } },
    ],
    [
      { success: false, error: { code: 'RATE_LIMITED' } },
      { success: false, error: { code: 'RATE_LIMITED', message: 'RATE_LIMITED' } },
    ],
  ])('%j', (value, expected) => {
    expect(parseEnvelope(value)).toEqual(expected)
  })

  it('returns an error for anything else', () => {
    for (const value of [undefined, null, 'no', { success: false }, { data: 1 }]) {
      expect(parseEnvelope(value)).toBeInstanceOf(ProtocolError)
    }
  })
})

it('knows the terminal statuses of a job', () => {
  expect(jobStatuses.filter(isTerminalStatus)).toEqual([
    'completed',
    'failed',
    'dead_letter',
    'cancelled',
    'not_found',
  ])
  expect(isTerminalStatus('archived')).toBe(false)
})

it('knows the terminal statuses of a workflow', () => {
  expect(workflowStatuses.filter(isTerminalWorkflowStatus)).toEqual([
    'completed',
    'compensated',
    'failed',
    'not_found',
    'retired_unresumable',
    'cancelled_by_operator',
  ])
  expect(isTerminalWorkflowStatus('archived')).toBe(false)
})

it.each([
  [encodeCapabilities(capabilities), [...capabilities]],
  // Repeated headers are joined by a comma, and a proxy may leave out the space.
  ['get,revisions ,  archive', ['get', 'revisions', 'archive']],
  ['', []],
  [' , ', []],
  [null, null],
])('reads the capabilities from the header: %s', (header, words) => {
  expect(parseCapabilities(header)).toEqual(words)
})
