/**
 * The files in the tables of ARCHITECTURE.md that do not exist. Each flow names its folders, such
 * as
 * "In `core/src`, then `react/src`." `read(path)` returns `undefined` for a path that does not
 * exist.
 */
export function missingFiles(text, read) {
  const missing = []
  for (const flow of text.split(/^### /m).slice(1)) {
    const folders = [...flow.matchAll(/`(\w+\/src)`/g)].map(([, folder]) => `packages/${folder}`)
    const rows = flow.matchAll(/^\| (`.+?) \|/gm)
    const files = [...rows].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+\.ts)`/g)])
    for (const [, file] of files) {
      const places = [...folders, 'packages'].map((folder) => `${folder}/${file}`)
      if (places.every((place) => read(place) === undefined)) {
        missing.push(`the flow names ${file}, which does not exist`)
      }
    }
  }
  return missing
}
