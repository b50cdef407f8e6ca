import { describe, expect, it } from 'vitest'
import { createSubscriptions } from './subscriptions.ts'

describe('subscriptions', () => {
  it('finds the registrations of a run, and forgets a run without any', () => {
    const subscriptions = createSubscriptions<string>()
    subscriptions.add('1', 'ann')
    subscriptions.add('1', 'bob')
    subscriptions.add('2', 'ann')
    expect([...subscriptions.of('1')]).toEqual(['ann', 'bob'])
    expect(subscriptions.has('1', 'ann')).toBe(true)
    subscriptions.remove('1', 'ann')
    subscriptions.remove('1', 'ann')
    expect(subscriptions.has('1', 'ann')).toBe(false)
    subscriptions.remove('2', 'ann')
    subscriptions.remove('3', 'ann')
    expect([...subscriptions.runIds()]).toEqual(['1'])
    expect([...subscriptions.of('2')]).toEqual([])
    expect(subscriptions.isWatched('2')).toBe(false)
  })

  it('adds a registration once, however often it is given, and removes it at once', () => {
    const subscriptions = createSubscriptions<string>()
    subscriptions.add('1', 'ann')
    subscriptions.add('1', 'ann')
    expect([...subscriptions.of('1')]).toEqual(['ann'])
    expect(subscriptions.has('1', 'bob')).toBe(false)
    subscriptions.remove('1', 'bob')
    expect(subscriptions.isWatched('1')).toBe(true)
    subscriptions.remove('1', 'ann')
    expect(subscriptions.isWatched('1')).toBe(false)
  })
})
