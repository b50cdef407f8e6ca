import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { HeadwayProvider } from '@headway/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ExportPanel } from './export-panel.tsx'

/** Shows the panel in React. Returns how to take it away. */
export function mount(element: HTMLElement, client: Client, page: PageState): () => void {
  const root = createRoot(element)
  root.render(
    <StrictMode>
      <HeadwayProvider client={client}>
        <ExportPanel page={page} />
      </HeadwayProvider>
    </StrictMode>,
  )
  return () => root.unmount()
}
