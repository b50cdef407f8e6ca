import { loadParser } from './parse/grammar.ts'
import { parseFile } from './parse/parse-file.ts'
import type { SourceFile } from './parse/source.ts'
import { type Parsed, type ParseOptions, resolve } from './resolve/resolve.ts'

/**
 * Parses Rust sources into a schema, or into all problems that they have.
 *
 * @param onParsed told how many files have been read, after each
 */
export async function parseSources(
  files: SourceFile[],
  options: ParseOptions = {},
  onParsed: (count: number) => void = () => undefined,
): Promise<Parsed> {
  const parser = await loadParser()
  const parsed = files.map((file, index) => {
    const read = parseFile(parser, file)
    onParsed(index + 1)
    return read
  })
  return resolve(parsed, options)
}
