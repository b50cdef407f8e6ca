import '@headway/example-shared/panel.css'
import './page.css'
import './tabs.css'
import './connection.css'
import './code.css'
import './forced-colors.css'
import { createClient } from '@headway/core'
import { createPageState } from '@headway/example-shared'
import { announce } from './announce.ts'
import { showConnection } from './connection.ts'
import { offerCut } from './cut-button.ts'
import { find } from './find.ts'
import { offerKill } from './kill-button.ts'
import { createLine } from './line.ts'
import { offerListStart } from './list-start.ts'
import { createLists } from './page-lists.ts'
import { followRuns } from './page-runs.ts'
import { offerSample } from './sample.ts'
import { showScenarios } from './scenarios.ts'
import { showCatchUp } from './show-catch-up.ts'
import { showBadges } from './tab-badges.ts'
import { createTabs } from './tabs.ts'
import { showTrouble } from './trouble.ts'

const line = createLine()
const client = createClient({ url: line.url })
const page = createPageState(window)
const runs = followRuns(client, page)
const lists = createLists(client)
const region = find('#announcements')
const say = (text: string): void => {
  region.textContent = text
}

createTabs(find('[role=tablist]'), page.scenario)
showScenarios(client, page)
showBadges(runs)
offerListStart(client, page, runs)

for (const input of document.querySelectorAll<HTMLInputElement>('input[name=format]')) {
  input.addEventListener('change', () => page.format.set(input.value === 'json' ? 'json' : 'csv'))
  // Browsers restore the choice after a reload.
  if (input.checked) page.format.set(input.value === 'json' ? 'json' : 'csv')
}
const fails = find<HTMLInputElement>('#fails')
const setFails = (): void => page.fails.set(fails.checked)
fails.addEventListener('change', setFails)
setFails()
showConnection(client)
offerCut(client, page, line)
offerKill(page, say)
showTrouble(page)
offerSample()
announce(runs, lists, page, say)
showCatchUp(client, page, runs, lists, say)
