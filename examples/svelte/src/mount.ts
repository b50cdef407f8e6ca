import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { setClient } from '@headway/svelte'
import { type Component, mount, unmount } from 'svelte'
import BatchPanel from './batch-panel.svelte'
import ExportPanel from './export-panel.svelte'
import ExportsPanel from './exports-panel.svelte'
import ImportPanel from './import-panel.svelte'
import RunsPanel from './runs-panel.svelte'
import VerificationPanel from './verification-panel.svelte'

/** Shows a panel in Svelte. Returns a function that removes it. */
type Mount = (element: HTMLElement, client: Client, page: PageState) => () => void

export const mountExport: Mount = mountWith(ExportPanel)
export const mountVerification: Mount = mountWith(VerificationPanel)
export const mountExports: Mount = mountWith(ExportsPanel)
export const mountRuns: Mount = mountWith(RunsPanel)
export const mountImport: Mount = mountWith(ImportPanel)
export const mountBatch: Mount = mountWith(BatchPanel)

function mountWith(panel: Component<{ page: PageState }>): Mount {
  return (element, client, page) => {
    setClient(client)
    const mounted = mount(panel, { target: element, props: { page } })
    return () => void unmount(mounted)
  }
}
