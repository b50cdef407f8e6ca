import type { PageState, Scenario } from '@headway/example-shared'

/**
 * Follows something while a scenario is shown: otherwise it costs the server nothing.
 *
 * @param follow returns a function that stops it
 */
export function whileShown(page: PageState, scenario: Scenario, follow: () => () => void): void {
  let stop: (() => void) | null = null
  const check = (): void => {
    const isShown = page.scenario.getSnapshot() === scenario
    if (isShown === (stop !== null)) return
    stop?.()
    stop = isShown ? follow() : null
  }
  page.scenario.subscribe(check)
  check()
}
