import { jobsOf } from '@headway/core'
import type { Api } from '~~/server/utils/headway'

export const { export_users } = jobsOf<Api>()
