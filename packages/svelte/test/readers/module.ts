import { defineJob } from '@headway/core'
import { type UsedJob, useJob } from '../../src/index.ts'
import { createState } from '../page/state.svelte.ts'

/** Which job a module's readable shows. */
export const asked = createState<{ id: string | undefined }>({ id: undefined })

/** A readable of no component: the page's client has to be there when it is made. */
export function createShared(): UsedJob<null, string> {
  return useJob(defineJob<null, string>('export_users'), { jobId: () => asked.id })
}
