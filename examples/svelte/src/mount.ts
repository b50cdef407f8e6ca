import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { setClient } from '@headway/svelte'
import { mount as mountComponent, unmount } from 'svelte'
import ExportPanel from './export-panel.svelte'

/** Shows the panel in Svelte. Returns how to take it away. */
export function mount(element: HTMLElement, client: Client, page: PageState): () => void {
  setClient(client)
  const panel = mountComponent(ExportPanel, { target: element, props: { page } })
  return () => void unmount(panel)
}
