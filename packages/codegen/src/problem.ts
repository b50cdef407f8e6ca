/** A position in the Rust sources. Lines and columns count from 1, columns in characters. */
export interface Place {
  /** Relative to the source folder, with `/`. */
  file: string
  line: number
  column: number
}

/** An error in the sources, shown as `file:line:column: message` with the hint below it. */
export interface Problem {
  place: Place
  /** The fault, and the name or value that has it. */
  message: string
  /** The remedy. */
  hint: string
}

/** Records a problem. Reading goes on, so that one run shows all of them. */
export type Report = (place: Place, message: string, hint: string) => void

/** `src/users.rs:12:9` */
export function showPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`
}
