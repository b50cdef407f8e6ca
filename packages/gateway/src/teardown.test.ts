import { expect, it } from 'vitest'
import { buildOrUndo, createTeardown } from './teardown.ts'

it('undoes last first, every step, once, and says what failed first', async () => {
  const undone: string[] = []
  const teardown = createTeardown()
  teardown.defer(() => undone.push('pools'))
  teardown.defer(() => Promise.reject(new Error('engine')))
  teardown.defer(() => Promise.reject(new Error('hub')))
  teardown.defer(() => undone.push('servers'))
  await expect(teardown.run()).rejects.toThrow('hub')
  await expect(teardown.run()).rejects.toThrow('hub')
  expect(undone).toEqual(['servers', 'pools'])
})

it('undoes what was built before the part that could not be', async () => {
  const undone: string[] = []
  const building = buildOrUndo(async (teardown) => {
    teardown.defer(() => undone.push('pools'))
    throw new Error('no engine')
  })
  await expect(building).rejects.toThrow('no engine')
  expect(undone).toEqual(['pools'])
})

it('undoes nothing of what was built', async () => {
  const undone: string[] = []
  const built = await buildOrUndo(async (teardown) => {
    teardown.defer(() => undone.push('pools'))
    return 'built'
  })
  expect([built, undone]).toEqual(['built', []])
})
