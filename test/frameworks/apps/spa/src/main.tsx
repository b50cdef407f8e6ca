import { createClient } from '@headway/core'
import { HeadwayProvider } from '@headway/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Export } from './export.tsx'

const client = createClient()
const root = document.getElementById('root')
if (!root) throw new Error('The page has no element "root"')

createRoot(root).render(
  <StrictMode>
    <HeadwayProvider client={client}>
      <h1>Export users</h1>
      <Export />
    </HeadwayProvider>
  </StrictMode>,
)
