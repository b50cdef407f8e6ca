import type { Page } from 'playwright'
import { type DemoPage, panels, showScenario } from './demo-page.ts'

/** The scenarios by their tabs, with the attribute of their panels. */
export const shown = {
  'A job': 'panel',
  'A workflow': 'verification',
  'An upload': 'import',
  'A batch': 'batch',
} as const

/** Opens the page of a demo at one of its scenarios. */
export async function openPage(demo: DemoPage, scenario: string): Promise<Page> {
  const page = await demo.browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(demo.url)
  await showScenario(page, scenario)
  return page
}

/** Presses the first button of that name that can be pressed. */
export function press(page: Page, name: string): Promise<void> {
  const shown = page.locator('[role=tabpanel]:not([hidden])')
  return shown.locator('button[aria-disabled=false]', { hasText: name }).first().click()
}

/** Starts an export in the list, where many can run. */
export function exportAnother(page: Page): Promise<void> {
  return page.locator('[data-runs=svelte] button.primary').click()
}

/** Waits until all panels of a scenario show a phase. */
export async function everyPanelIs(
  page: Page,
  scenario: keyof typeof shown,
  phase: string,
  sync = '',
): Promise<void> {
  const state = `[data-phase=${phase}]${sync && `[data-sync=${sync}]`}`
  for (const panel of panels) {
    await page.locator(`[data-${shown[scenario]}=${panel}]${state}`).waitFor()
  }
}
