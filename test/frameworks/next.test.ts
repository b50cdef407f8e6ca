import { it } from 'vitest'
import { runsBuilt, survivesEdits } from './support/stories.ts'
import { useApplication } from './support/use-application.ts'

const server = 'server/headway.ts'
const next = useApplication('examples/next', server, [
  '@headway/core',
  '@headway/gateway',
  '@headway/react',
])

it('renders on the server, starts one job, and shows it after a reload', () => runsBuilt(next))

it('takes edits in development while a job runs, and starts nothing twice', () =>
  survivesEdits(next, { page: 'app/page.tsx', server }))
