import { it } from 'vitest'
import { runsBuilt, survivesEdits } from './support/stories.ts'
import { useApplication } from './support/use-application.ts'

const server = 'src/lib/server/headway.ts'
const kit = useApplication('examples/sveltekit', server, [
  '@headway/core',
  '@headway/gateway',
  '@headway/svelte',
])

it('knows the types of the server in its pages', () =>
  kit.application.complete(['npm', 'run', 'check']))

it('renders on the server, starts one job, and shows it after a reload', () => runsBuilt(kit))

it('takes edits in development while a job runs, and starts nothing twice', () => {
  const edits = { page: 'src/routes/+page.svelte', server }
  return survivesEdits(kit, edits, ['--port', 'PORT'])
})
