import type { Doc } from '../print/doc.ts'
import { callWithArrow, comment } from '../print/layouts.ts'
import { key } from '../print/literals.ts'
import { definitionAs } from './definition.ts'
import type { Refresh } from './forge-refresh.ts'
import type { ApiFile } from './target.ts'

/** `auth` and `getToken`: the signed-in user, with tokens that the app's own mutation renews. */
export function authDeclarations(file: ApiFile, { fn, member }: Refresh): Doc[] {
  const { imports } = file
  const adapter = '@headway/svelte/forge'
  const type = imports.type(adapter, 'Auth')
  const create = imports.value(adapter, 'createAuth')
  const taken = member === 'refreshToken' ? member : `${key(member)}: refreshToken`
  return [
    definitionAs(file, fn, 'refresh'),
    [
      comment([`Who is signed in. \`${fn.schema.name}\` renews the tokens.`]),
      `export const auth: ${type} = `,
      // Without it every page that imports from index.ts would bundle this call.
      callWithArrow(
        `/* @__PURE__ */ ${create}`,
        [],
        '(client, refreshToken)',
        `client.call(refresh, { ${taken} })`,
      ),
    ],
    [
      comment(['The bearer token, for `<ForgeProvider {getToken}>`.']),
      'export const getToken = (): string | null => auth.token',
    ],
  ]
}
