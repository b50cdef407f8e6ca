/** The spelling of members: `userId`, or `user_id` as on the wire. */
export type Case = 'camel' | 'wire'

/**
 * A name as TypeScript writes members: `user_id`, `USER_ID`, `user-id` and `UserId` are all `userId`. What is
 * camelCase already stays as it is, and so does what is no words at all, such as `$ref` or `a.b`. Leading
 * underscores stay.
 */
export function toCamelCase(name: string): string {
  const [, lead = '', rest = ''] = /^(_*)(.*)$/.exec(name) ?? []
  if (!/^[a-zA-Z][a-zA-Z0-9]*([_-]+[a-zA-Z0-9]+)*[_-]*$/.test(rest)) return name
  if (/^[a-z][a-zA-Z0-9]*$/.test(rest)) return name
  const words = rest.split(/[_-]+/).filter((word) => word !== '')
  return lead + words.map((word, at) => (at === 0 ? lowerFirst(word) : upperFirst(word))).join('')
}

/** A name as TypeScript writes types: `export_users` is `ExportUsers`. */
export function toPascalCase(name: string): string {
  const camel = toCamelCase(name)
  return camel.charAt(0).toUpperCase() + camel.slice(1)
}

/** `URL` is `url`, `URLPath` is `urlPath`, `User` is `user`. */
function lowerFirst(word: string): string {
  return word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase())
}

function upperFirst(word: string): string {
  const rest = word.slice(1)
  const isShouted = word === word.toUpperCase()
  return word.charAt(0).toUpperCase() + (isShouted ? rest.toLowerCase() : rest)
}

/** What no variable can be called, and what generated functions call their own parameters. */
const reserved: ReadonlySet<string> = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval',
    'export extends false finally for function if implements import in instanceof interface let new',
    'null package private protected public return static super switch this throw true try typeof',
    'undefined var void while with yield',
    'args client options',
  ].flatMap((line) => line.split(' ')),
)

/** The name of a variable: with `_` behind it where the name alone cannot be one. */
export function toVariable(name: string): string {
  return reserved.has(name) ? `${name}_` : name
}

/** What generated code means by these is TypeScript's own. */
const globals: ReadonlySet<string> = new Set(
  [
    'Array Blob File Object Partial Promise Record',
    'any bigint boolean never null number object string symbol undefined unknown void',
  ].flatMap((line) => line.split(' ')),
)

/** The name of a type: with `_` behind it where the name alone would hide one that generated code needs. */
export function toTypeName(name: string): string {
  return globals.has(name) ? `${name}_` : name
}
