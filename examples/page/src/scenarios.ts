import type { Client } from '@headway/core'
import * as plain from '@headway/example-plain'
import * as react from '@headway/example-react'
import { type PageState, type Scenario, scenarios } from '@headway/example-shared'
import * as svelte from '@headway/example-svelte'
import * as vue from '@headway/example-vue'
import { codeBlock } from './code-block.ts'
import { find } from './find.ts'
import { panelCode } from './panel-code.ts'

const frameworks = { plain, svelte, react, vue }

const mountOf = {
  job: 'mountExport',
  workflow: 'mountVerification',
  list: 'mountRuns',
  query: 'mountExports',
  upload: 'mountImport',
  batch: 'mountBatch',
} as const satisfies Record<Scenario, keyof typeof plain>

/** The scenarios whose panels watch a live query. */
const lists: readonly Scenario[] = ['list', 'query']

/**
 * Mounts the four panels of a scenario when it is shown first. They stay, since a start or an
 * upload under way lives in its panel; but lists go when another scenario is shown, since a live
 * query costs the server something for as long as it is mounted. The lists of a batch are folded.
 */
export function showScenarios(client: Client, page: PageState): void {
  const places = new Map(scenarios.map((scenario) => [scenario, createPlaces(scenario)]))
  const mounted = new Map<Scenario, () => void>()
  const show = (): void => {
    const shown = page.scenario.getSnapshot()
    for (const list of lists.filter((list) => list !== shown)) {
      mounted.get(list)?.()
      mounted.delete(list)
    }
    if (shown !== 'batch') foldLists()
    if (mounted.has(shown)) return
    const unmounts = (places.get(shown) ?? []).map(({ panels, place }) =>
      panels[mountOf[shown]](place, client, page),
    )
    mounted.set(shown, () => {
      for (const unmount of unmounts) unmount()
    })
  }
  page.scenario.subscribe(show)
  show()
}

function foldLists(): void {
  for (const list of document.querySelectorAll<HTMLDetailsElement>('details.files')) {
    list.open = false
  }
}

/** One place per framework, with the code of its panel below. */
function createPlaces(scenario: Scenario): { panels: typeof plain; place: HTMLElement }[] {
  return Object.entries(frameworks).map(([name, panels]) => {
    const place = document.createElement('div')
    const cell = document.createElement('div')
    cell.className = 'cell'
    cell.append(place, codeBlock(name, panelCode(name, scenario)))
    find(`#${scenario} .panels`).append(cell)
    return { panels, place }
  })
}
