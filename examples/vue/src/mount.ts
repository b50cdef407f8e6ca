import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { headway } from '@headway/vue'
import { createApp } from 'vue'
import ExportPanel from './export-panel.vue'

/** Shows the panel in Vue. Returns how to take it away. */
export function mount(element: HTMLElement, client: Client, page: PageState): () => void {
  const app = createApp(ExportPanel, { page })
  app.use(headway(client)).mount(element)
  return () => app.unmount()
}
