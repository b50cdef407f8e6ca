import type { Client } from '@headway/core'
import type { PageState } from '@headway/example-shared'
import { HeadwayProvider } from '@headway/react'
import { type FunctionComponent, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BatchPanel } from './batch-panel.tsx'
import { ExportPanel } from './export-panel.tsx'
import { ExportsPanel } from './exports-panel.tsx'
import { ImportPanel } from './import-panel.tsx'
import { RunsPanel } from './runs-panel.tsx'
import { VerificationPanel } from './verification-panel.tsx'

/** Shows a panel in React. Returns a function that removes it. */
type Mount = (element: HTMLElement, client: Client, page: PageState) => () => void

export const mountExport: Mount = mountWith(ExportPanel)
export const mountVerification: Mount = mountWith(VerificationPanel)
export const mountExports: Mount = mountWith(ExportsPanel)
export const mountRuns: Mount = mountWith(RunsPanel)
export const mountImport: Mount = mountWith(ImportPanel)
export const mountBatch: Mount = mountWith(BatchPanel)

function mountWith(Panel: FunctionComponent<{ page: PageState }>): Mount {
  return (element, client, page) => {
    const root = createRoot(element)
    root.render(
      <StrictMode>
        <HeadwayProvider client={client}>
          <Panel page={page} />
        </HeadwayProvider>
      </StrictMode>,
    )
    return () => root.unmount()
  }
}
