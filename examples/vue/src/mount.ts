import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { headway } from '@headway/vue'
import { type Component, createApp } from 'vue'
import BatchPanel from './batch-panel.vue'
import ExportPanel from './export-panel.vue'
import ExportsPanel from './exports-panel.vue'
import ImportPanel from './import-panel.vue'
import RunsPanel from './runs-panel.vue'
import VerificationPanel from './verification-panel.vue'

/** Shows a panel in Vue. Returns a function that removes it. */
type Mount = (element: HTMLElement, client: Client, page: PageState) => () => void

export const mountExport: Mount = mountWith(ExportPanel)
export const mountVerification: Mount = mountWith(VerificationPanel)
export const mountExports: Mount = mountWith(ExportsPanel)
export const mountRuns: Mount = mountWith(RunsPanel)
export const mountImport: Mount = mountWith(ImportPanel)
export const mountBatch: Mount = mountWith(BatchPanel)

function mountWith(panel: Component): Mount {
  return (element, client, page) => {
    const app = createApp(panel, { page })
    app.use(headway(client)).mount(element)
    return () => app.unmount()
  }
}
