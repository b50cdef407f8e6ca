import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright'
import { type DemoPage, openDemo, showScenario } from '../test/demo-page.ts'
import { type Pixels, readPng } from './read-png.ts'
import { type Frame, writeApng } from './write-apng.ts'

/*
 * Takes the README's picture: an export and a workflow in four frameworks, through a cut
 * connection, as an animated PNG. `npm run picture` builds the demo, starts it and writes
 * docs/demo.png.
 */
const output = new URL('../../../docs/demo.png', import.meta.url)
const maxBytes = 600_000
/** The pause between two screenshots, in milliseconds. */
const pauseMs = 60
/** The time that the end stays on the screen, in milliseconds. */
const lastMs = 3_000

interface Shot {
  file: Buffer
  at: number
}

interface Recording {
  shots: Shot[]
  /** The time at which the connection was cut. */
  cutAt: number
}

const demo = await openDemo()
try {
  const frames = toFrames(await record(demo))
  const picture = writeApng(frames)
  const kilobytes = Math.round(picture.length / 1_000)
  if (picture.length > maxBytes) {
    throw new Error(
      `The picture has ${kilobytes} kB, more than ${maxBytes / 1_000}: take fewer frames`,
    )
  }
  await writeFile(output, picture)
  process.stdout.write(`${output.pathname}: ${frames.length} frames, ${kilobytes} kB\n`)
} finally {
  await demo.close()
}

/** Plays the scene, and takes screenshots until it is over. */
async function record({ browser, url }: DemoPage): Promise<Recording> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 904 },
    colorScheme: 'light',
    // Without transitions a bar stands still, so that a frame holds fewer changes.
    reducedMotion: 'reduce',
  })
  await page.goto(url)
  // A scenario that was shown once stays, and the style sheet shows both.
  await showScenario(page, 'A workflow')
  await showScenario(page, 'A job')
  const content = await readFile(new URL('picture.css', import.meta.url), 'utf8')
  await page.addStyleTag({ content })
  let isOver = false
  const playing = play(page).finally(() => {
    isOver = true
  })
  const shots: Shot[] = []
  const shoot = async () => shots.push({ at: performance.now(), file: await page.screenshot() })
  while (!isOver) {
    await shoot()
    await page.waitForTimeout(pauseMs)
  }
  const cutAt = await playing
  await shoot()
  return { shots, cutAt }
}

/** Starts an export and a verification, and cuts the connection. Resolves at the end of both. */
async function play(page: Page): Promise<number> {
  const press = (panel: string, name: string) =>
    page.locator(`${panel} button:not([aria-disabled=true])`, { hasText: name }).click()
  await press('[data-panel=svelte]', 'Export')
  await press('[data-verification=react]', 'Verify')
  await page.waitForFunction(() => {
    const panel = document.querySelector<HTMLElement>('[data-panel=svelte]')
    return Number(panel?.dataset.percent) >= 26
  })
  const cutAt = performance.now()
  await press('.toolbar', 'Cut')
  await page.locator('[data-panel=svelte] .notice', { hasText: 'As of 2 s ago' }).waitFor()
  await press('.toolbar', 'Cut')
  await page.locator('[data-panel=svelte][data-sync=live]').waitFor()
  await press('[data-verification=vue]', 'Click the link')
  await page.locator('[data-panel=svelte][data-phase=succeeded]').waitFor()
  await page.locator('[data-verification=react][data-phase=succeeded]').waitFor()
  return cutAt
}

/**
 * Frames with the time that each was on the screen. Equal screenshots become one frame. The
 * animation begins just before the cut: a viewer without animations shows that frame alone.
 */
function toFrames({ shots, cutAt }: Recording): [Frame, ...Frame[]] {
  const before: Frame[] = []
  const after: Frame[] = []
  for (const [index, { file, at }] of shots.entries()) {
    const pixels = readPng(file)
    const ms = (shots[index + 1]?.at ?? at + lastMs) - at
    const last = after.at(-1) ?? before.at(-1)
    if (last && isEqual(last.pixels, pixels)) last.ms += ms
    else if (at < cutAt) before.push({ pixels, ms })
    else after.push({ pixels, ms })
  }
  const first = before.pop()
  if (!first) throw new Error('No screenshot was taken before the connection was cut')
  return [first, ...after, ...before]
}

function isEqual(one: Pixels, other: Pixels): boolean {
  return one.colors.every((color, at) => color === other.colors[at])
}
