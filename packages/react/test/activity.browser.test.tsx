import * as React from 'react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { describe, expect, it } from 'vitest'
import { useJob } from '../src/index.ts'
import { exportUsers, fake, show, shows } from './support/page-under-test.tsx'

/** From React 19.2 on. */
const Activity = 'Activity' in React ? React.Activity : null

describe.runIf(Activity)('Activity', () => {
  it('hidden, it lets go; shown again, it is up to date, and has started nothing anew', async () => {
    let setMode = (_mode: 'visible' | 'hidden'): void => undefined
    function Job() {
      return useJob(exportUsers, { args: { format: 'csv' } }).progress
    }
    function Page() {
      const [mode, set] = useState<'visible' | 'hidden'>('visible')
      setMode = set
      return Activity && <Activity mode={mode}>{<Job />}</Activity>
    }
    show(<Page />)
    await expect.poll(fake.gateway.registrations).toEqual(['job:job-1'])
    await fake.last('export_users').running().progress(40)
    await shows('40')
    flushSync(() => setMode('hidden'))
    await fake.settled()
    await fake.advance(1_000)
    await expect.poll(fake.gateway.registrations).toEqual([])
    fake.gateway.update('job-1', { progress: 70 })
    flushSync(() => setMode('visible'))
    await shows('70')
    expect(fake.gateway.count('/rpc/export_users')).toBe(1)
  })
})
if (!Activity) console.log(`<Activity> is not tested: React ${React.version} has none`)
