import { client, exportUsers, title } from './elements.ts'

const progress = document.querySelector('headway-progress')

document.querySelector('#start')?.addEventListener('click', () => {
  if (progress) progress.run = client.start(exportUsers, { format: 'csv' }, { title })
})
