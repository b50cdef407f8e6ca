import { readFile } from 'node:fs/promises'

/** The edits that `docs/forge.md` asks of a project. */
export interface Edits {
  /** The lines that replace a line. */
  lines: ReadonlyMap<string, readonly string[]>
  /** Files to be written, by their paths. */
  files: ReadonlyMap<string, string>
  /** Lines to be added to files: `echo line >> path`. */
  added: readonly { path: string; line: string }[]
}

/** Reads them from the page itself, so that it cannot say anything else. */
export async function readEdits(): Promise<Edits> {
  const page = await readFile(new URL('../../../../../docs/forge.md', import.meta.url), 'utf8')
  const [diff] = blocks(page, /<!-- edits -->\n```diff\n(.*?)```/gs)
  const lines = (diff ?? '').split('\n\n').map((edit): [string, string[]] => {
    const marked = (mark: string): string[] =>
      edit.split('\n').flatMap((line) => (line.startsWith(`${mark} `) ? [line.slice(2)] : []))
    return [marked('-').join('\n'), marked('+')]
  })
  const files = [...page.matchAll(/<!-- (src\/\S+) -->\n```ts\n(.*?)```/gs)].map(
    ([, path = '', text = '']): [string, string] => [path, text],
  )
  const added = [...page.matchAll(/^echo (\S+) >> (\S+)$/gm)].map(([, line = '', path = '']) => ({
    path,
    line,
  }))
  return { lines: new Map(lines), files: new Map(files), added }
}

/** A file's text after the edits: each line that is replaced stays as far in as it was. */
export function applyEdits(text: string, { lines }: Edits): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = line.slice(0, line.length - line.trimStart().length)
      const edited = lines.get(line.trim())
      return edited ? edited.map((one) => indent + one) : [line]
    })
    .join('\n')
}

function blocks(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, block = '']) => block)
}
