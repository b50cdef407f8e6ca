import { it } from 'vitest'
import { runsBuilt, survivesEdits } from './support/stories.ts'
import { useApplication } from './support/use-application.ts'

const server = 'server/utils/headway.ts'
const nuxt = useApplication('examples/nuxt', server, [
  '@headway/core',
  '@headway/gateway',
  '@headway/vue',
])

it('knows the types of the server in its pages', () =>
  nuxt.application.complete(['npm', 'run', 'check']))

it('renders on the server, starts one job, and shows it after a reload', () => runsBuilt(nuxt))

it('takes edits in development while a job runs, and starts nothing twice', () => {
  const edits = { page: 'app/app.vue', server, restarts: true }
  return survivesEdits(nuxt, edits)
})
