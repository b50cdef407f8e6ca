import type { Scenario } from '@headway/example-shared'
import { cutCode } from './cut-code.ts'

/** The sources of the panels, as they are built into this page. */
const sources = import.meta.glob<string>(
  ['../../{react,svelte,vue}/src/*-panel.{tsx,svelte,vue}', '../../plain/src/mount-*.ts'],
  { query: '?raw', import: 'default', eager: true },
)

const names: Record<Scenario, string> = {
  job: 'export',
  workflow: 'verification',
  list: 'runs',
  query: 'exports',
  upload: 'import',
  batch: 'batch',
}

/** The lines of code that make a panel. */
export function panelCode(framework: string, scenario: Scenario): string {
  const file = new RegExp(`/${framework}/src/(mount-)?${names[scenario]}(-panel)?\\.\\w+$`)
  const path = Object.keys(sources).find((path) => file.test(path))
  return cutCode((path && sources[path]) ?? '')
}
