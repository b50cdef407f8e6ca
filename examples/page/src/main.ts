import '@headway/example-shared/panel.css'
import './page.css'
import './connection.css'
import { createClient } from '@headway/core'
import * as plain from '@headway/example-plain'
import * as react from '@headway/example-react'
import { createPageState } from '@headway/example-shared'
import * as svelte from '@headway/example-svelte'
import * as vue from '@headway/example-vue'
import { announce, announceImport, announceWorkflow } from './announce.ts'
import { showConnection } from './connection.ts'
import { find } from './find.ts'
import { offerSample } from './sample.ts'
import { showTrouble } from './trouble.ts'

const client = createClient()
const page = createPageState(window)

for (const [name, panels] of Object.entries({ plain, svelte, react, vue })) {
  panels.mountExport(find(`#${name}`), client, page)
  panels.mountVerification(find(`#${name}-steps`), client, page)
  panels.mountExports(find(`#${name}-list`), client, page)
  panels.mountImport(find(`#${name}-users`), client, page)
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[name=format]')) {
  input.addEventListener('change', () => page.format.set(input.value === 'json' ? 'json' : 'csv'))
  // Browsers restore the choice after a reload.
  if (input.checked) page.format.set(input.value === 'json' ? 'json' : 'csv')
}
const fails = find<HTMLInputElement>('#fails')
const setFails = (): void => page.fails.set(fails.checked)
fails.addEventListener('change', setFails)
setFails()
showConnection(client, page)
showTrouble(page)
offerSample()
announce(client, page, find('#announcements'))
announceWorkflow(client, page, find('#announcements'))
announceImport(client, page, find('#announcements'))
