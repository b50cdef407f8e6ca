import type { Place } from '../problem.ts'

/** A Rust file. */
export interface SourceFile {
  /** Relative to the source folder, with `/`. */
  path: string
  text: string
}

/** A Rust file that can turn an index of its text into a place. */
export interface Source extends SourceFile {
  placeAt(index: number): Place
}

/** Editors on Windows may write it at the start of a file; it is not part of the text. */
const byteOrderMark = /^\uFEFF/

/** Creates a source. It finds the line starts when the first place is asked for. */
export function toSource({ path, text }: SourceFile): Source {
  const content = text.replace(byteOrderMark, '')
  let starts: number[] | undefined
  return {
    path,
    text: content,
    placeAt(index) {
      starts ??= lineStarts(content)
      const line = lastAtMost(starts, index)
      const before = content.slice(starts[line], index)
      return { file: path, line: line + 1, column: countCharacters(before) + 1 }
    },
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** The position of the last of these ascending numbers that is at most `value`. */
function lastAtMost(numbers: number[], value: number): number {
  let low = 0
  let high = numbers.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((numbers[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

/** Counts characters as people do: one that takes two UTF-16 units counts once. */
function countCharacters(text: string): number {
  return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ' ').length
}
