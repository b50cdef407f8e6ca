import { jobsOf, mutationsOf, queriesOf, workflowsOf } from '@headway/core'
// A type alone: nothing of the server ends up in the page.
import type { Api } from '../../backend/src/api.ts'

export const jobs = jobsOf<Api>()
export const workflows = workflowsOf<Api>()
export const queries = queriesOf<Api>()
export const mutations = mutationsOf<Api>()
