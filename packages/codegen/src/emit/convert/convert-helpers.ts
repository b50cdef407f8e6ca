/** Functions that converters share. The file gets those that it needs. */
export const helpers = {
  same: `/** What needs no converting, where a function is asked for. */
function same<T>(value: T): T {
  return value
}`,
  mapValues: `/** The values of a map, converted; its keys stay. */
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
