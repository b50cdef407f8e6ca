import { createClient, jobsOf } from '@headway/core'
import type { Api } from '$lib/server/headway'

export const client = createClient()
export const { export_users } = jobsOf<Api>()
