import type { PageState } from '@headway/example-shared'
import { find } from './find.ts'

/** Shows what was asked for last and could not be done. */
export function showTrouble(page: PageState): void {
  const line = find('#trouble')
  page.trouble.subscribe(() => {
    line.textContent = page.trouble.getSnapshot()
  })
}
