'use client'

import { createClient } from '@headway/core'
import { HeadwayProvider } from '@headway/react'
import type { ReactNode } from 'react'

const client = createClient()

export function Providers({ children }: { children: ReactNode }) {
  return <HeadwayProvider client={client}>{children}</HeadwayProvider>
}
