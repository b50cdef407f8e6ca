import { createClient, defineJob, defineWorkflow, type JobHandle } from '@headway/core'
import { useRef } from 'react'
import { expectTypeOf, test } from 'vitest'
import type { HeadwayTray, ShownRun } from '../../src/index.ts'
import '../../src/jsx.ts'

declare const job: JobHandle<{ file: string }>

test('elements in JSX', () => {
  const tray = useRef<HeadwayTray>(null)
  const elements = [
    <headway-progress key={1} run={job} label="Export" className="wide" />,
    <headway-progress key={2} job-id={undefined} messages={{ running: 'Läuft' }} />,
    <headway-steps key={3} workflow-id="a" labels={{ a: 'A' }} />,
    <headway-connection key={4} client={createClient()} />,
    <headway-tray key={5} ref={tray} notify open filter={{ tag: 'a' }} download={() => '/a'} />,
    // @ts-expect-error a run is no id
    <headway-progress key={6} run="a" />,
    // @ts-expect-error there is no such text
    <headway-progress key={7} messages={{ runing: 'Läuft' }} />,
    // @ts-expect-error a tray sets the status itself
    <headway-tray key={8} filter={{ status: 'failed' }} />,
  ]
  expectTypeOf(elements).toBeArray()
})

test('elements of the page', () => {
  const client = createClient()
  const progress = document.createElement('headway-progress')
  progress.run = client.start(defineJob<{ a: 1 }, string>('a'), { a: 1 })
  progress.run = client.attach(defineWorkflow<null, string>('a'), 'id')
  expectTypeOf<HTMLElementTagNameMap['headway-progress']['run']>().toEqualTypeOf<ShownRun | null>()
  document.createElement('headway-tray').addEventListener('headway-download', ({ detail }) => {
    expectTypeOf(detail.title).toEqualTypeOf<string | null>()
  })
})
