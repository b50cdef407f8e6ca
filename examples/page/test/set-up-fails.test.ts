import { randomUUID } from 'node:crypto'
import { listMarked } from '@headway/test-kit/processes/list-processes'
import { afterEach, expect, it, vi } from 'vitest'
import { startDemo } from '../../backend/test/demo-process.ts'
import { openDemo } from './demo-page.ts'

const mark = randomUUID()
const left = async () => (await listMarked(`HEADWAY_MARK=${mark}`)).map(({ command }) => command)

vi.stubEnv('HEADWAY_MARK', mark)
afterEach(() => {
  vi.unstubAllEnvs()
  vi.stubEnv('HEADWAY_MARK', mark)
})

it.skipIf(process.platform !== 'linux')(
  'a browser that cannot be launched leaves no demo and no database behind (Linux, by /proc)',
  async () => {
    // The file exists, but is not a browser.
    vi.stubEnv('CHROMIUM_PATH', process.execPath)
    await expect(openDemo()).rejects.toThrow(/launch/i)
    expect(await left()).toEqual([])
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
    await expect(openDemo()).rejects.toThrow('does not exist: correct or unset it')
    expect(await left()).toEqual([])
  },
)

it.skipIf(process.platform !== 'linux')(
  'a demo that does not get as far as its page leaves nothing behind (Linux, by /proc)',
  async () => {
    // A file is where its folder should be.
    const failure = await startDemo(process.execPath).catch((error: Error) => error.message)
    expect(failure).toMatch(/npm run demo ended with 1/)
    expect(failure).toContain(`The demo cannot write to ${process.execPath} as user`)
    expect(await left()).toEqual([])
  },
)
