/** Colours of a terminal, or none of them. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  cyan(text: string): string
}

/** @param colors whether whoever reads it sees colours */
export function createPaint(colors: boolean): Paint {
  const style = (on: number, off: number) => (text: string) =>
    colors ? `\u001b[${on}m${text}\u001b[${off}m` : text
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    cyan: style(36, 39),
  }
}

/** Whether to write colours there. @see https://no-color.org */
export function showsColors(
  stream: { isTTY?: boolean },
  env: Record<string, string | undefined>,
): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return stream.isTTY === true && env.TERM !== 'dumb'
}
