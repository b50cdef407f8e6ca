import { sampleCsv } from '@headway/example-shared'
import { find } from './find.ts'

/** The button that downloads a CSV to import. */
export function offerSample(): void {
  find('#sample').addEventListener('click', () => {
    const file = new Blob([sampleCsv(10_000)], { type: 'text/csv' })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = 'sample-users.csv'
    link.click()
    URL.revokeObjectURL(link.href)
  })
}
