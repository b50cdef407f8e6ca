import { type Client, createClient, defineJob } from '@headway/core'
import { setClient } from '@headway/elements'
import '@headway/elements/define'

/** The job of every page. */
export const exportUsers = defineJob<{ format: 'csv' | 'json' }, { url: string }>('export_users')

/** The page's client, which its elements use as well. */
export const client: Client = createClient()
setClient(client)

/** The title of runs that a page starts. */
export const title = 'Export of users'

const tray = document.querySelector('headway-tray')
if (tray) tray.download = ({ view }) => (view.output as { url: string } | null)?.url
