import { createRequire } from 'node:module'
import { Language, Parser } from 'web-tree-sitter'

let parser: Promise<Parser> | undefined

/** Loads the Rust parser, once. It parses one text after another; callers delete the trees. */
export function loadParser(): Promise<Parser> {
  parser ??= load()
  return parser
}

async function load(): Promise<Parser> {
  await Parser.init()
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-rust/tree-sitter-rust.wasm')
  return new Parser().setLanguage(await Language.load(grammar))
}
