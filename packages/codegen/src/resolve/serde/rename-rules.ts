/**
 * The eight cases of serde's `rename_all`.
 *
 * @see https://serde.rs/container-attrs.html#rename_all
 */
export const renameRules = [
  'lowercase',
  'UPPERCASE',
  'PascalCase',
  'camelCase',
  'snake_case',
  'SCREAMING_SNAKE_CASE',
  'kebab-case',
  'SCREAMING-KEBAB-CASE',
] as const

export type RenameRule = (typeof renameRules)[number]

/** Renames a field, which Rust writes in snake_case. */
export function renameField(name: string, rule: RenameRule): string {
  switch (rule) {
    // [serde] `lowercase` leaves fields alone: they are lower case already.
    case 'lowercase':
    case 'snake_case':
      return name
    case 'UPPERCASE':
    case 'SCREAMING_SNAKE_CASE':
      return upper(name)
    case 'PascalCase':
      return pascalFromSnake(name)
    case 'camelCase':
      return firstLower(pascalFromSnake(name))
    case 'kebab-case':
      return name.replaceAll('_', '-')
    case 'SCREAMING-KEBAB-CASE':
      return upper(name).replaceAll('_', '-')
  }
}

/** Renames a variant, which Rust writes in PascalCase. */
export function renameVariant(name: string, rule: RenameRule): string {
  switch (rule) {
    case 'PascalCase':
      return name
    case 'lowercase':
      return lower(name)
    case 'UPPERCASE':
      return upper(name)
    case 'camelCase':
      return firstLower(name)
    case 'snake_case':
      return snakeFromPascal(name)
    case 'SCREAMING_SNAKE_CASE':
      return upper(snakeFromPascal(name))
    case 'kebab-case':
      return snakeFromPascal(name).replaceAll('_', '-')
    case 'SCREAMING-KEBAB-CASE':
      return upper(snakeFromPascal(name)).replaceAll('_', '-')
  }
}

/**
 * `HTTPStatus` becomes `h_t_t_p_status`: serde puts an underscore before each capital but the
 * first.
 */
function snakeFromPascal(name: string): string {
  return lower(name.replace(/(?<!^)\p{Uppercase}/gu, '_$&'))
}

function pascalFromSnake(name: string): string {
  return name.replace(/(?:^_*|_+)([^_]?)/gu, (_, first: string) => upper(first))
}

function firstLower(name: string): string {
  return lower(name.slice(0, 1)) + name.slice(1)
}

// [serde] to_ascii_lowercase, to_ascii_uppercase: letters beyond ASCII stay.
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase())
}
