'use client'

import { createClient } from '@headway/core'
import { HeadwayProvider } from '@headway/react'
import type { ReactNode } from 'react'

const client = createClient()

/** A client cannot be sent from a server component: this module has the page's. */
export function Providers({ children }: { children: ReactNode }) {
  return <HeadwayProvider client={client}>{children}</HeadwayProvider>
}
