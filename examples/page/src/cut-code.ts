/**
 * The lines of a source between `#region code` and `#endregion`, in comments of any kind. Each
 * region loses its indentation; regions are a blank line apart. Throws if there is none. Pure.
 *
 * The page shows these lines below the panel that they make, so they are never out of date.
 */
export function cutCode(source: string): string {
  const regions: string[][] = []
  let region: string[] | null = null
  for (const line of source.split('\n')) {
    if (line.includes('#region code')) region = []
    else if (line.includes('#endregion')) {
      if (region) regions.push(region)
      region = null
    } else region?.push(line)
  }
  if (region || regions.length === 0) {
    throw new Error('The source has no complete region: put #region code and #endregion around it')
  }
  return regions.map((lines) => dedent(lines).join('\n')).join('\n\n')
}

function dedent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(indent))
}
