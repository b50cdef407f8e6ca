import type { PageState } from '@headway/example-shared'

/**
 * Calls `show` every second while a view is stale: its age is all that changes by itself. Returns a
 * function that stops it.
 */
export function showAge(
  page: PageState,
  viewOf: () => { sync: { status: string } },
  show: () => void,
): () => void {
  return page.now.subscribe(() => {
    if (viewOf().sync.status === 'stale') show()
  })
}
