import type { Client } from '@headway/core'
import { describeJob, jobs, type PageState } from '@headway/example-shared'
import { find } from './find.ts'
import type { PageRuns } from './page-runs.ts'

/** The button above the list that starts the page's export, which the list gains at its end. */
export function offerListStart(client: Client, page: PageState, { exported }: PageRuns): void {
  const button = find<HTMLButtonElement>('#list-start')
  const state = find('#list-state')
  const show = (): void => {
    const { canStart, title, number } = describeJob(exported.getSnapshot(), 0)
    button.ariaDisabled = String(!canStart)
    state.textContent = canStart ? '' : `${title} ${number}`
  }
  button.addEventListener('click', () => {
    if (button.ariaDisabled === 'true') return
    const format = page.format.getSnapshot()
    page.followStart(client.start(jobs.export_users, { format }))
  })
  exported.subscribe(show)
  show()
}
