import { defineJob, defineMutation, defineQuery, defineWorkflow } from '@headway/core'
import { defineComponent, h } from 'vue'
import { useConnection, useJob, useMutation, useQuery, useRuns, useWorkflow } from '../src/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')
const verify = defineWorkflow<null, null>('verify_account')
const listUsers = defineQuery<null, string[]>('list_users')

/** One of each composable, as a server renders it and a browser hydrates it. */
export const Page = defineComponent(() => {
  const idle = useJob(exportUsers)
  const started = useJob(exportUsers, { args: { format: 'csv' } })
  const attached = useJob(exportUsers, { jobId: 'job-1' })
  const remembered = useJob(exportUsers, { persist: 'export' })
  const workflow = useWorkflow(verify, { args: null })
  const users = useQuery(listUsers, null)
  const runs = useRuns({ name: exportUsers })
  const creation = useMutation(defineMutation<string, number>('create_user'))
  const connection = useConnection()
  return () =>
    h(
      'output',
      JSON.stringify({
        idle: idle.phase.value,
        started: [started.phase.value, started.loading.value],
        attached: [attached.phase.value, attached.loading.value, attached.progress.value],
        remembered: remembered.phase.value,
        workflow: [workflow.phase.value, workflow.loading.value],
        users: [users.loading.value, users.data.value],
        runs: [runs.loading.value, runs.runs.value.length],
        creation: creation.pending.value,
        connection: connection.value.status,
      }),
    )
})
