import { defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { useState } from 'react'
import { useConnection, useJob, useMutation, useQuery, useRuns, useWorkflow } from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const verify = defineWorkflow<null, null>('verify_account')
const createUser = defineMutation<null, null>('create_user')
const listUsers = defineQuery<null, string[]>('list_users')

/** One of each hook, as a server renders it and a browser hydrates it. */
export function Page() {
  const idle = useJob(exportUsers)
  const started = useJob(exportUsers, { args: { format: 'csv' } })
  const attached = useJob(exportUsers, { jobId: 'job-1', suspense: true })
  const remembered = useJob(exportUsers, { persist: 'export' })
  const workflow = useWorkflow(verify, { args: null })
  const users = useQuery(listUsers, null, { suspense: true })
  const runs = useRuns({ name: exportUsers }, { suspense: true })
  const creation = useMutation(createUser)
  const connection = useConnection()
  const [count, setCount] = useState(0)
  const shown = {
    idle: idle.phase,
    started: [started.phase, started.loading],
    attached: [attached.phase, attached.loading, attached.progress],
    remembered: remembered.phase,
    workflow: [workflow.phase, workflow.loading],
    users: [users.loading, users.data],
    runs: [runs.loading, runs.runs.length],
    creation: creation.pending,
    connection: connection.status,
  }
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {JSON.stringify(shown)}
    </button>
  )
}
