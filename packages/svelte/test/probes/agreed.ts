/** What two ways of reading say, when it is the same; else both, which is no view that a scenario waits for. */
export function agreed(first: string, second: string): string {
  return first === second ? first : JSON.stringify({ first, second })
}
