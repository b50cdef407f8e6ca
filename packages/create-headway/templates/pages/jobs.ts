import { jobsOf } from '@headway/core'
import type { Api } from '#server/headway'

/** The jobs of the server, with its types. */
export const { export_users } = jobsOf<Api>()
