import { expect, it } from 'vitest'
import { createKeptResults } from './kept-results.ts'

const state = (text: string, revision = 1) => ({ text, revision })

it('keeps texts as long as there is room, and drops those that were read longest ago', () => {
  const results = createKeptResults(10)
  const [first, second] = [results.keep(state('aaaa')), results.keep(state('bbbb'))]
  expect(first.state()).toEqual(state('aaaa'))
  const third = results.keep(state('cccc', 3))
  expect([first, second, third].map((one) => one.state()?.text)).toEqual([
    undefined,
    'bbbb',
    'cccc',
  ])
  expect(third.state()).toEqual(state('cccc', 3))
})

it('knows its text also when that is not kept', () => {
  const results = createKeptResults(4)
  const first = results.keep(state('aaaa', 7))
  results.keep(state('bbbb'))
  expect([first.state(), first.revision]).toEqual([null, 7])
  expect([first.isText('aaaa'), first.isText('bbbb')]).toEqual([true, false])
})

it('has room again for what nobody needs any more, however often that is said', () => {
  const results = createKeptResults(8)
  const first = results.keep(state('aaaa'))
  for (let times = 0; times < 3; times += 1) results.drop(first)
  const others = ['bbbb', 'cccc'].map((text) => results.keep(state(text)))
  expect(others.map((one) => one.state()?.text)).toEqual(['bbbb', 'cccc'])
  results.keep(state('d'))
  expect(others.map((one) => one.state()?.text)).toEqual([undefined, 'cccc'])
})

it('keeps no text that is larger than all of the room', () => {
  const results = createKeptResults(3)
  const large = results.keep(state('aaaa'))
  expect([large.state(), large.isText('aaaa')]).toEqual([null, true])
})
