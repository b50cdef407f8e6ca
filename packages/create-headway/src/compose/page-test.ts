import type { Layout } from './layouts.ts'

/** How a test shows the component, by the adapter. */
interface Show {
  imports: (component: string) => readonly string[]
  lines: readonly string[]
}

const shows: Readonly<Record<'react' | 'vue' | 'svelte' | 'plain', Show>> = {
  react: {
    imports: (component) => [
      "import { HeadwayProvider } from '@headway/react'",
      "import { createRoot } from 'react-dom/client'",
      "import { expect, it } from 'vitest'",
      `import { ExportUsers } from '${component.replace(/\.tsx$/, '')}'`,
    ],
    lines: [
      'createRoot(page).render(',
      '  <HeadwayProvider client={fake.client}>',
      '    <ExportUsers />',
      '  </HeadwayProvider>,',
      ')',
    ],
  },
  vue: {
    imports: (component) => [
      "import { headway } from '@headway/vue'",
      "import { expect, it } from 'vitest'",
      "import { createApp } from 'vue'",
      `import ExportUsers from '${component}'`,
    ],
    lines: ['createApp(ExportUsers).use(headway(fake.client)).mount(page)'],
  },
  svelte: {
    imports: (component) => [
      "import { setClient } from '@headway/svelte'",
      "import { mount } from 'svelte'",
      "import { expect, it } from 'vitest'",
      `import ExportUsers from '${component}'`,
    ],
    lines: ['setClient(fake.client)', 'mount(ExportUsers, { target: page })'],
  },
  plain: {
    imports: (component) => [
      "import { expect, it } from 'vitest'",
      `import { showExport } from '${component.replace(/\.ts$/, '')}'`,
    ],
    lines: ['showExport(page, fake.client)'],
  },
}

/** The text of the test of the page: with the fake client, so without a server. */
export function composeTest({ adapter, component }: Layout): string {
  const { imports, lines } = shows[adapter ?? 'plain']
  const file = `./${component.split('/').at(-1)}`
  return `${[
    "import { createFakeClient } from '@headway/core/testing'",
    ...imports(file),
    '',
    "it('shows the progress of an export, and its file', async () => {",
    '  const fake = createFakeClient()',
    "  const page = document.body.appendChild(document.createElement('main'))",
    ...lines.map((line) => `  ${line}`),
    "  await expect.poll(() => page.querySelector('button')).not.toBeNull()",
    "  page.querySelector('button')?.click()",
    '  await fake.settled()',
    '',
    "  await fake.last('export_users').running().progress(40, 'row 40 of 100')",
    "  await expect.poll(() => page.querySelector('progress')?.value).toBe(40)",
    '',
    "  await fake.last('export_users').complete({ file: 'users.csv' })",
    "  await expect.poll(() => page.textContent).toContain('users.csv')",
    '})',
  ].join('\n')}\n`
}
