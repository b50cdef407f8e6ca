import type { SourceFile } from '../parse/source.ts'
import type { Problem } from '../problem.ts'
import type { Paint } from './paint.ts'

/** The texts that problems point into, and the way to print them. */
export interface ReportOptions {
  sources: SourceFile[]
  /** Turns the path of a source into one that a terminal can open. */
  toPath: (file: string) => string
  paint: Paint
}

/** Formats problems, each with its line and its hint, and counts them at the end. */
export function formatProblems(problems: Problem[], options: ReportOptions): string {
  const texts = new Map(options.sources.map(({ path, text }) => [path, text]))
  const parts = problems.map((problem) => formatProblem(problem, texts, options))
  return `${parts.join('\n')}\n${options.paint.bold(summary(problems))}\n`
}

function formatProblem(
  { place, message, hint }: Problem,
  texts: Map<string, string>,
  { toPath, paint }: ReportOptions,
): string {
  const { file, line, column } = place
  const where = paint.bold(`${toPath(file)}:${line}:${column}`)
  const lines = [`${where}  ${paint.red('error:')} ${message}`]
  const number = String(line).padStart(5)
  const gutter = `${' '.repeat(number.length)} ${paint.dim('|')}`
  const text = texts
    .get(file)
    ?.replace(/^\uFEFF/, '')
    .split('\n')
    [line - 1]?.trimEnd()
  if (text !== undefined && text !== '') {
    const part = around(text, column)
    lines.push(`${paint.dim(`${number} |`)} ${part.text}`)
    lines.push(`${gutter} ${marks(part.text, part.column, paint)}`)
  }
  lines.push(`${' '.repeat(number.length + 1)}${paint.cyan('hint:')} ${hint}`, '')
  return lines.join('\n')
}

/**
 * The length of an excerpt from a long line, and the part of it before the column; in characters.
 */
const [shown, shownBefore] = [120, 60]

/** Cuts an excerpt around a column out of a long line, and gives the column in it. */
function around(text: string, column: number): { text: string; column: number } {
  const characters = [...text]
  if (characters.length <= shown) return { text, column }
  const start = Math.max(0, column - shownBefore)
  const part = characters.slice(start, start + shown).join('')
  const [before, after] = [start > 0 ? '…' : '', start + shown < characters.length ? '…' : '']
  return { text: before + part + after, column: column - start + before.length }
}

/** `^^^` below the word at a column. */
function marks(text: string, column: number, paint: Paint): string {
  const characters = [...text]
  const before = characters.slice(0, column - 1)
  const rest = characters.slice(column - 1).join('')
  const word = /^[\w:]+/.exec(rest)?.[0] ?? ' '
  // Tabs stay tabs, since terminals differ in their width.
  const space = before.map((character) => (character === '\t' ? '\t' : ' ')).join('')
  return space + paint.red('^'.repeat(word.length))
}

function summary(problems: Problem[]): string {
  const files = new Set(problems.map(({ place }) => place.file)).size
  const errors = problems.length === 1 ? '1 error' : `${problems.length} errors`
  return `${errors} in ${files === 1 ? '1 file' : `${files} files`}. Nothing was written.`
}
