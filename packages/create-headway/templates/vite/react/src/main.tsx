import { createClient } from '@headway/core'
import { HeadwayProvider } from '@headway/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ExportUsers } from './export-users'

const client = createClient()
const root = document.getElementById('app')
if (!root) throw new Error('The page has no element "app"')

createRoot(root).render(
  <StrictMode>
    <HeadwayProvider client={client}>
      <h1>Export users</h1>
      <ExportUsers />
    </HeadwayProvider>
  </StrictMode>,
)
