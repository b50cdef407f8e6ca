import { isSame, type KeptFigure, showRatio } from './figure.ts'

/*
 * RESULTS.md: prose, and for each command a heading, `## \`npm run …\``, with a table of its
 * figures below. Reading the page and writing it anew is pure; the other text stays as it is.
 */

const tableHead = ['| figure | ratio | better | commit |', '| --- | ---: | --- | --- |']
const heading = /^## `([^`]+)`$/
const row = /^\| (.+) \| ([\d.]+) × \| (more|less) \| `(\w+)` \|$/

/** The figures on the page. */
export function parseResults(page: string): KeptFigure[] {
  let command = ''
  return page.split('\n').flatMap((line) => {
    command = heading.exec(line)?.[1] ?? command
    const figure = parseRow(command, line)
    return figure ? [figure] : []
  })
}

/**
 * The page with these figures: in the place of those it has by these names, or at the end of their
 * command's table.
 */
export function recordFigures(page: string, figures: readonly KeptFigure[]): string {
  let lines = page.trimEnd().split('\n')
  for (const figure of figures) lines = recordFigure(lines, figure)
  return `${lines.join('\n')}\n`
}

function recordFigure(lines: readonly string[], figure: KeptFigure): string[] {
  const head = lines.indexOf(`## \`${figure.command}\``)
  if (head === -1)
    return [...lines, '', `## \`${figure.command}\``, '', ...tableHead, toRow(figure)]
  const next = lines.findIndex((line, at) => at > head && line.startsWith('## '))
  const end = next === -1 ? lines.length : next
  const isRowOf = (line: string, at: number): boolean => {
    const kept = at > head && at < end ? parseRow(figure.command, line) : null
    return kept !== null && isSame(kept, figure)
  }
  const known = lines.findIndex(isRowOf)
  if (known !== -1) return lines.with(known, toRow(figure))
  const last = lines.findLastIndex((line, at) => at > head && at < end && line.startsWith('|'))
  return last === -1
    ? lines.toSpliced(head + 1, 0, '', ...tableHead, toRow(figure))
    : lines.toSpliced(last + 1, 0, toRow(figure))
}

function parseRow(command: string, line: string): KeptFigure | null {
  const [, name, ratio, better, commit] = row.exec(line) ?? []
  if (!name || !commit) return null
  return {
    command,
    name,
    ratio: Number(ratio),
    better: better === 'more' ? 'more' : 'less',
    commit,
  }
}

function toRow({ name, ratio, better, commit }: KeptFigure): string {
  return `| ${name} | ${showRatio(ratio)} × | ${better} | \`${commit}\` |`
}
