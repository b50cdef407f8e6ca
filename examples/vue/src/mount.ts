import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { headway } from '@headway/vue'
import { type Component, createApp } from 'vue'
import ExportPanel from './export-panel.vue'
import VerificationPanel from './verification-panel.vue'

/** Shows a panel in Vue. Returns how to take it away. */
type Mount = (element: HTMLElement, client: Client, page: PageState) => () => void

export const mount: Mount = mountWith(ExportPanel)
export const mountVerification: Mount = mountWith(VerificationPanel)

function mountWith(panel: Component): Mount {
  return (element, client, page) => {
    const app = createApp(panel, { page })
    app.use(headway(client)).mount(element)
    return () => app.unmount()
  }
}
