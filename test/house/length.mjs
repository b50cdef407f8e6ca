/** The most lines that a source or a test has. */
export const maxLines = 220

const sources = /\.(ts|tsx|mjs|cjs|svelte|vue|sql|rs|py|sh)$/

/** Paths whose files may be longer, each with the reason. */
const longer = {
  '.dependency-cruiser.cjs': 'one list of rules',
  'packages/codegen/test/forge/generated/': 'written by the generator',
  'packages/codegen/test/recorded/': 'one type for each rule of serde',
  'packages/codegen/test/forge-app/': 'one function for each shape that Forge takes',
}

/** What is wrong with the length of a file, or `undefined`. */
export function tooLong(path, text) {
  if (!sources.test(path) || Object.keys(longer).some((start) => path.startsWith(start))) return
  const lines = text.split('\n').length - 1
  if (lines > maxLines) return `has ${lines} lines, and may have ${maxLines}: split it by subject`
}
