/** Ways to write a name of two words, all of which are one name in camelCase. */
export const styles: ((a: string, b: string) => string)[] = [
  (a, b) => `${a}_${b}`,
  (a, b) => `${a}_${b}`,
  (a, b) => `${a}${upper(b)}`,
  (a, b) => `${upper(a)}${upper(b)}`,
  (a, b) => `${a}-${b}`,
  (a, b) => `${a}_${b}`.toUpperCase(),
]

const letters = 'abcdefghij'
const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const letter = (at: number): string => letters.charAt(at % letters.length)

/** What a member is called in camelCase, whichever way it is written: `typeA` for any `type_a`. */
export function camelNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (let type = 0; type < 20; type += 1) {
    for (let field = 0; field < 10; field += 1) {
      for (const style of styles) {
        const [a, b] = wordsOf(type, field)
        names.set(style(a, b), `${a}${upper(b)}`)
      }
    }
  }
  names.set('event_type', 'eventType')
  return names
}

/** Two words that no other member of any type has. */
export function wordsOf(type: number, field: number): [string, string] {
  return [`${letter(type)}${type > 9 ? 'z' : ''}ab`, `c${letter(field)}d`]
}
