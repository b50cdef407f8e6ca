import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compare, describeComparison } from './compare.ts'
import type { Figure } from './figure.ts'
import { parseResults, recordFigures } from './results.ts'

/** The options for figures that were measured. */
export interface Keeping {
  compare: boolean
  record: boolean
}

const page = fileURLToPath(new URL('../RESULTS.md', import.meta.url))

/**
 * Notes the commit that is about to be measured, compares and records what is measured then.
 *
 * Throws before the measurement when there are uncommitted changes: a figure of them could never be
 * repeated.
 */
export function createKeeper(keeping: Keeping): (figures: readonly Figure[]) => void {
  const commit = keeping.record ? presentCommit() : ''
  return (figures) => {
    const text = readFileSync(page, 'utf8')
    if (keeping.compare) {
      const comparison = compare(parseResults(text), figures)
      process.stdout.write(`\n${describeComparison(comparison).join('\n')}\n`)
      if (comparison.fallen.length > 0) process.exitCode = 1
    }
    if (!keeping.record) return
    const measured = figures.filter(({ ratio }) => Number.isFinite(ratio))
    const kept = measured.map((figure) => ({ ...figure, commit }))
    writeFileSync(page, recordFigures(text, kept))
  }
}

function presentCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: fileURLToPath(new URL('../..', import.meta.url)) })
      .toString()
      .trim()
  const changed = git('status', '--porcelain', '--', '.', ':!bench/RESULTS.md')
  if (changed === '') return git('rev-parse', '--short=7', 'HEAD')
  throw new Error(
    `--record needs a commit, and there are changes in none. Commit first:\n${changed}`,
  )
}
