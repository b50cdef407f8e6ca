import { describe, expect, it } from 'vitest'
import { parsed, problemsIn } from '../support/parse.ts'

/** The types that come along with what a query gives. */
async function typesOf(rust: string): Promise<string[]> {
  const [, ...types] = await parsed(`${uses} #[query] async fn it(ctx: &Ctx) -> ${rust} {}`)
  return types
}

const uses = 'use forge::prelude::*; use forge::forge_core::{auth, pagination::PageInfo};'
const pageInfo =
  'PageInfo { has_next_page: boolean; end_cursor?~: string | null; total_count?~: number | null }'

describe('a type of Forge is as Forge writes it:', () => {
  it.each<[rust: string, types: string[]]>([
    ['Timestamp', []],
    ['Value', []],
    ['Uuid', []],
    ['DateTime<Utc>', []],
    ['Result<Timestamp, ForgeError>', []],
    ['TokenPair', ['TokenPair { access_token: string; refresh_token: string }']],
    ['forge_core::auth::TokenPair', ['TokenPair { access_token: string; refresh_token: string }']],
    ['Delta<i32>', ['Delta<T> { added: T[]; removed: string[]; updated: T[] }']],
    ['PageInfo', [pageInfo]],
    ['Page<i32>', ['Page<T> { items: T[]; page_info: PageInfo }', pageInfo]],
    [
      'auth::Claims',
      [
        'Claims { sub: string; iat: number; exp: number; aud?~: string | null; roles?: string[]; ...custom: {string → unknown} }',
      ],
    ],
    [
      'WebhookResult',
      [
        "WebhookResult by \"status\" = 'ok' | 'accepted' | 'custom' { status_code: number; body: unknown }",
      ],
    ],
    [
      'forge::forge_core::workflow::WorkflowEvent',
      [
        'WorkflowEvent { id: string; event_name: string; correlation_id: string; payload?: unknown | null; created_at: string }',
      ],
    ],
  ])('%s', async (rust, types) => {
    expect(await typesOf(rust)).toEqual(types)
  })

  it('unless the sources have one of their own', async () => {
    const own = '#[derive(Serialize)] struct TokenPair { both: String }'
    expect(await parsed(`${uses} ${own} #[query] async fn it(ctx: &Ctx) -> TokenPair {}`)).toEqual([
      'query it() → TokenPair',
      'TokenPair { both: string }',
    ])
  })
})

describe('a type of Forge that serde does not write is refused, and said to be that:', () => {
  it.each([
    'AuthContext',
    'ForgeError',
    'JobPriority',
    'DbConn',
    'forge::forge_core::job::JobStatus',
    'forge_core::workflow::WorkflowStatus',
  ])('%s', async (rust) => {
    const found = await problemsIn(`${uses} #[query] async fn it(ctx: &Ctx) -> Vec<${rust}> {}`)
    expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      `\`${rust}\` is a type of Forge's server: it has no form on the wire`,
    ])
  })

  it.each(['JobStatus', 'crate::of::Claims', 'other::TokenPair'])(
    'but %s may be of anybody',
    async (rust) => {
      const [found] = await problemsIn(`#[query] async fn it(ctx: &Ctx) -> ${rust} {}`)
      expect(found).toContain('is not a known type')
    },
  )
})
