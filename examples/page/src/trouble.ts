import type { PageState } from '@headway/example-shared'
import { find } from './find.ts'

/** The line that says which action failed last. */
export function showTrouble(page: PageState): void {
  const line = find('#trouble')
  page.trouble.subscribe(() => {
    line.textContent = page.trouble.getSnapshot()
  })
}
