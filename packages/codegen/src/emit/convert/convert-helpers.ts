/** Functions that converters share. The file gets those that it needs. */
export const helpers = {
  same: `/** Returns the value unchanged. */
function same<T>(value: T): T {
  return value
}`,
  mapValues: `/** Converts the values of a map; its keys stay. */
function mapValues<T, TConverted>(
  map: { readonly [key: string]: T | undefined },
  convert: (value: T) => TConverted,
): Record<string, TConverted> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, convert(value)]],
    ),
  )
}`,
}

export type Helper = keyof typeof helpers
