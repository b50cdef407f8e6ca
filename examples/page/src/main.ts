import '@headway/example-shared/panel.css'
import './page.css'
import { createClient } from '@headway/core'
import { mount as mountPlain } from '@headway/example-plain'
import { mount as mountReact } from '@headway/example-react'
import { createPageState } from '@headway/example-shared'
import { mount as mountSvelte } from '@headway/example-svelte'
import { mount as mountVue } from '@headway/example-vue'
import { announce } from './announce.ts'
import { showConnection } from './connection.ts'
import { find } from './find.ts'
import { showTrouble } from './trouble.ts'

const client = createClient()
const page = createPageState(window)

const panels = { plain: mountPlain, svelte: mountSvelte, react: mountReact, vue: mountVue }
for (const [name, mount] of Object.entries(panels)) mount(find(`#${name}`), client, page)

for (const input of document.querySelectorAll<HTMLInputElement>('input[name=format]')) {
  input.addEventListener('change', () => page.format.set(input.value === 'json' ? 'json' : 'csv'))
  // A browser remembers the choice over a reload.
  if (input.checked) page.format.set(input.value === 'json' ? 'json' : 'csv')
}
showConnection(client, page)
showTrouble(page)
announce(client, page, find('#announcements'))
