import { HeadwayProvider, useJob } from '@headway/react'
import { Export } from './export.tsx'
import { Providers } from './providers.tsx'

/** A server component, whose module imports hooks too. */
export function Page() {
  return (
    <html lang="en">
      <body title={`${typeof HeadwayProvider} ${typeof useJob}`}>
        <Providers>
          <Export />
        </Providers>
      </body>
    </html>
  )
}
