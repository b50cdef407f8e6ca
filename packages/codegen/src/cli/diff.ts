import { createTwoFilesPatch } from 'diff'
import type { Change } from '../files/write-files.ts'
import type { Paint } from './paint.ts'

/** Formats changes: the changed lines of a file, and only the name of an added or removed one. */
export function formatChanges(changes: Change[], out: string, paint: Paint): string {
  return changes.map((change) => `${formatChange(change, out, paint)}\n`).join('')
}

function formatChange({ kind, path, before, after }: Change, out: string, paint: Paint): string {
  const file = `${out}/${path}`
  if (kind === 'added') return paint.green(`${file} is missing: ${countLines(after)}`)
  if (kind === 'removed') return paint.red(`${file} is not generated any more`)
  const patch = createTwoFilesPatch(file, file, unix(before), after, 'as it is', 'as it would be', {
    context: 3,
  })
  const [, ...lines] = patch.trimEnd().split('\n')
  return lines.map((line) => paintLine(line, paint)).join('\n')
}

function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line)
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('+')) return paint.green(line)
  return line.startsWith('-') ? paint.red(line) : line
}

function countLines(text: string): string {
  const count = text.trimEnd().split('\n').length
  return count === 1 ? '1 line' : `${count} lines`
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n')
}
