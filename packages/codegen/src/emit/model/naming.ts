/** The spelling of members: `userId`, or `user_id` as on the wire. */
export type Case = 'camel' | 'wire'

/**
 * A member's name in camelCase: `user_id`, `USER_ID`, `user-id` and `UserId` become `userId`. A
 * name that is camelCase already stays, and so does one without words, such as `$ref` or `a.b`.
 * Leading underscores stay.
 */
export function toCamelCase(name: string): string {
  const [, lead = '', rest = ''] = /^(_*)(.*)$/.exec(name) ?? []
  if (!/^[a-zA-Z][a-zA-Z0-9]*([_-]+[a-zA-Z0-9]+)*[_-]*$/.test(rest)) return name
  if (/^[a-z][a-zA-Z0-9]*$/.test(rest)) return name
  const words = rest.split(/[_-]+/).filter((word) => word !== '')
  return lead + words.map((word, at) => (at === 0 ? lowerFirst(word) : upperFirst(word))).join('')
}

/** A type's name in PascalCase: `export_users` becomes `ExportUsers`. */
export function toPascalCase(name: string): string {
  const camel = toCamelCase(name)
  return camel.charAt(0).toUpperCase() + camel.slice(1)
}

/** `URL` becomes `url`, `URLPath` becomes `urlPath`, `User` becomes `user`. */
function lowerFirst(word: string): string {
  return word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase())
}

function upperFirst(word: string): string {
  const rest = word.slice(1)
  const isShouted = word === word.toUpperCase()
  return word.charAt(0).toUpperCase() + (isShouted ? rest.toLowerCase() : rest)
}

/** Reserved words, and the parameters of generated functions: no variable can have these names. */
const reserved: ReadonlySet<string> = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval',
    'export extends false finally for function if implements import in instanceof interface let new',
    'null package private protected public return static super switch this throw true try typeof',
    'undefined var void while with yield',
    'args client options',
  ].flatMap((line) => line.split(' ')),
)

/** A variable's name; a reserved one gets a `_` at its end. */
export function toVariable(name: string): string {
  return reserved.has(name) ? `${name}_` : name
}

/** Global names that generated code uses with their usual meaning. */
const globals: ReadonlySet<string> = new Set(
  [
    'Array Blob File Object Partial Promise Record',
    'any bigint boolean never null number object string symbol undefined unknown void',
  ].flatMap((line) => line.split(' ')),
)

/** A type's name; one that would hide a global of generated code gets a `_` at its end. */
export function toTypeName(name: string): string {
  return globals.has(name) ? `${name}_` : name
}
