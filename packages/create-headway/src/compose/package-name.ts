/** A name that npm allows, from the name of a folder: `My App` → `my-app`. */
export function toPackageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return name.slice(0, 214) || 'my-app'
}
