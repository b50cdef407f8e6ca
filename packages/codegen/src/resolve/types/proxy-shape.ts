import type { Declaration } from '../../parse/rust.ts'
import { parseType } from '../../parse/type-in-string.ts'
import type { TypeShape } from '../../schema.ts'
import type { Where } from '../names/context.ts'
import { directionsOf } from '../serde/directions.ts'
import type { Serde } from '../serde/read-serde.ts'
import { toTypeRef } from './to-type-ref.ts'

/** The type that serde's `from`, `try_from` and `into` name; `null` without these. */
export function proxyShape(declaration: Declaration, serde: Serde, where: Where): TypeShape | null {
  const { in: read, out: written } = serde.proxy
  const proxy = read ?? written
  if (!proxy) return null
  const { context } = where
  const directions = directionsOf(declaration)
  const differ = directions.in && directions.out && read?.type !== written?.type
  if (differ) {
    const as = (type: string | undefined) => (type === undefined ? 'itself' : `\`${type}\``)
    context.report(
      proxy.place,
      `\`${declaration.name}\` is read from ${as(read?.type)} and written as ${as(written?.type)}: one type cannot say both`,
      'Name one type in both `from` and `into`.',
    )
  }
  const type = parseType(proxy.type, proxy.place)
  if (type) return { form: 'alias', type: toTypeRef(type, where) }
  context.report(
    proxy.place,
    `"${proxy.type}" is not the name of a type`,
    'Write the type as you would in a field.',
  )
  return { form: 'alias', type: { kind: 'unknown' } }
}
