import { describe, expect, it } from 'vitest'
import { toSession } from './session.ts'

const connected = { type: 'connected', session_id: 's', session_secret: 'x' } as const

describe('[protocol] Several servers 4: the requests of a session', () => {
  it('are numbered from 1, if POST opened it', () => {
    const session = toSession(connected, [])
    expect([session.credentials(), session.credentials()]).toEqual([
      { session_id: 's', session_secret: 'x', seq: 1 },
      { session_id: 's', session_secret: 'x', seq: 2 },
    ])
  })

  it('have no number, if GET opened it', () => {
    expect(toSession(connected, null).credentials()).toEqual({
      session_id: 's',
      session_secret: 'x',
    })
  })
})

it('a session knows the items that its stream carried', () => {
  const [carried, later] = ['a', 'b'].map((id) => ({ kind: 'job', id, job_id: id }) as const)
  const session = toSession(connected, carried ? [carried] : [])
  expect([carried, later].map((item) => item && session.carried.has(item))).toEqual([true, false])
})
