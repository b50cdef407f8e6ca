import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

function create() {
  const turns = createTurns({ begun: 2, waiting: 10 })
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, length = 1): boolean =>
    turns.add(length, (over) => {
      begun.push(name)
      ends.set(name, over)
    })
  const end = (name: string): void => ends.get(name)?.()
  return { add, begun, end }
}

it('a few begin at once, the others in their order', () => {
  const { add, begun, end } = create()
  for (const name of ['a', 'b', 'c', 'd']) expect(add(name)).toBe(true)
  expect(begun).toEqual(['a', 'b'])
  end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  end('a')
  end('c')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

it('what has no room to wait in is refused, until others have begun', () => {
  const { add, begun, end } = create()
  for (const name of ['a', 'b', 'c']) expect(add(name, 10)).toBe(true)
  expect(add('d')).toBe(false)
  end('a')
  expect(add('e', 10)).toBe(true)
  end('b')
  expect(begun).toEqual(['a', 'b', 'c', 'e'])
})
