import type { Client } from '@headway/core'
import { export_users } from '#jobs'

const persist = 'export'

/** Fills an element with a button and a bar. A reload of the page finds its export again. */
export function showExport(element: HTMLElement, client: Client): void {
  const section = document.createElement('section')
  const button = document.createElement('button')
  const bar = document.createElement('progress')
  const text = document.createElement('p')
  button.type = 'button'
  button.textContent = 'Export'
  bar.max = 100
  section.append(button, bar, text)
  element.append(section)

  const follow = (job: ReturnType<typeof startExport>) =>
    job.state$.subscribe(({ phase, isActive, progress, message, output, error }) => {
      section.dataset.phase = phase
      button.disabled = isActive
      bar.value = progress ?? 0
      text.textContent = error ?? output?.file ?? message
    })
  const startExport = () => client.start(export_users, { format: 'csv' }, { persist })

  let watching = follow(client.attach(export_users, undefined, { persist }))
  button.addEventListener('click', () => {
    watching.unsubscribe()
    watching = follow(startExport())
  })
}
