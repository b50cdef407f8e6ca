/** A file that the generator writes. */
export interface GeneratedFile {
  /** Relative to the output folder, with `/`. */
  path: string
  /** Begins with the {@link marker}. */
  text: string
}

/**
 * The first line of every generated file. A file without it is your own: it is neither overwritten
 * nor removed.
 */
export const marker = '// Made by headway generate. Changes are lost the next time it runs.'

/** Tells a generated file from a file that was written by hand. */
export function isGenerated(text: string): boolean {
  return text.split(/\r?\n/, 1)[0] === marker
}
