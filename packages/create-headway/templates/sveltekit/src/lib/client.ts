import { createClient } from '@headway/core'

export const client = createClient()
