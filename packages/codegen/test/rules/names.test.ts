import { describe, expect, it } from 'vitest'
import { parsed, problemsIn, type Rust } from '../support/parse.ts'

const it_ = (fields: string) => `#[derive(Serialize)] pub struct It { ${fields} }`

describe('a name means', () => {
  it.each<[what: string, rust: Rust, shown: string]>([
    [
      'the type in another file',
      { 'src/models.rs': it_('a: i32'), 'src/lib.rs': '#[query] fn it() -> It {}' },
      'It { a: number }',
    ],
    [
      'the type in the same module first',
      { 'src/a.rs': it_('a: i32'), 'src/b.rs': `${it_('b: i32')} #[query] fn it() -> It {}` },
      'It { b: number }',
    ],
    [
      'what `use` brings in',
      {
        'src/a.rs': it_('a: i32'),
        'src/b/mod.rs': it_('b: i32'),
        'src/lib.rs': 'use crate::b::It; #[query] fn it() -> It {}',
      },
      'It { b: number }',
    ],
    [
      'what `use` brings in by another name',
      {
        'src/a.rs': it_('a: i32'),
        'src/lib.rs': 'use a::{self, It as Other}; #[query] fn it() -> Other {}',
      },
      'It { a: number }',
    ],
    [
      'what the path leads to',
      {
        'src/a.rs': it_('a: i32'),
        'src/b.rs': `${it_('b: i32')} mod c { #[query] fn it() -> super::It {} }`,
      },
      'It { b: number }',
    ],
    [
      'what is behind a module that is used',
      {
        'src/a/v1.rs': it_('a: i32'),
        'src/a/v2.rs': it_('b: i32'),
        'src/lib.rs': 'use crate::a::v2; #[query] fn it() -> v2::It {}',
      },
      'It { b: number }',
    ],
    [
      'what has been exported again, as long as there is one of that name',
      {
        'src/a/inner.rs': it_('a: i32'),
        'src/a/mod.rs': 'mod inner; pub use inner::It;',
        'src/lib.rs': '#[query] fn it() -> crate::a::It {}',
      },
      'It { a: number }',
    ],
    [
      'what has been exported again by another name',
      {
        'src/a.rs': `${it_('a: i32')} pub mod inner { pub use super::It as Inner; }`,
        'src/b.rs': `#[derive(Serialize)] struct Other { b: i32 } pub use crate::a::inner::Inner as Last;`,
        'src/lib.rs': '#[query] fn it() -> b::Last {}',
      },
      'It { a: number }',
    ],
    [
      'what has been exported by another name, and came by a glob',
      {
        'src/a.rs': `mod inner { ${it_('a: i32')} } pub use inner::It as Other;`,
        'src/lib.rs': 'use a::*; #[query] fn it() -> Other {}',
      },
      'It { a: number }',
    ],
    [
      'what a module around has by another name',
      `${it_('a: i32')} use It as Other; mod inner { use super::Other; #[query] fn it() -> Other {} }`,
      'It { a: number }',
    ],
    [
      'what has been exported by a name that is declared elsewhere',
      {
        'src/a.rs': `mod inner { ${it_('a: i32')} } pub use inner::It as Other;`,
        'src/b.rs': '#[derive(Serialize)] struct Other { b: i32 }',
        'src/lib.rs': '#[query] fn it() -> a::Other {}',
      },
      'It { a: number }',
    ],
    [
      'the one that can be sent, of two',
      {
        'src/a.rs': it_('a: i32'),
        'src/b.rs': 'struct It;',
        'src/lib.rs': '#[query] fn it() -> It {}',
      },
      'It { a: number }',
    ],
    [
      'what is used around an inline module that takes everything from there',
      `${it_('a: i32')} use It as Other; mod inner { use super::*; #[query] fn it() -> Other {} }`,
      'It { a: number }',
    ],
    [
      'what `self` leads to, in an inline module too',
      {
        'src/a.rs': it_('a: i32'),
        'src/lib.rs': `use a::It; mod inner { use super::*; #[query] fn it() -> self::deep::It {} mod deep { ${it_('b: i32')} } }`,
      },
      'It { b: number }',
    ],
    [
      'what an inline module declares itself, whatever is used around it',
      {
        'src/a.rs': it_('a: i32'),
        'src/lib.rs': `use a::It; mod inner { use super::*; ${it_('b: i32')} #[query] fn it() -> It {} }`,
      },
      'It { b: number }',
    ],
    [
      'the one in the crate that is named',
      {
        'shared-types/src/lib.rs': it_('a: i32'),
        'api/src/lib.rs': `${it_('b: i32')} #[query] fn it() -> shared_types::It {}`,
      },
      'It { a: number }',
    ],
  ])('%s', async (_, rust, shown) => {
    const lines = await parsed(rust)
    expect(lines.slice(1)).toEqual([shown])
  })

  it.each<[what: string, rust: Rust, problems: string[]]>([
    [
      'nothing certain when two have it',
      {
        'src/a.rs': it_('a: i32'),
        'src/b.rs': it_('b: i32'),
        'src/lib.rs': '#[query] fn it() -> It {}',
      },
      ['src/lib.rs:1:21 `It` is ambiguous: it is declared at src/a.rs:1:33 and src/b.rs:1:33'],
    ],
    [
      'two types in TypeScript when both are reached',
      {
        'src/a.rs': `${it_('a: i32')} #[query] fn a() -> It {}`,
        'src/b.rs': `${it_('b: i32')} #[query] fn b() -> It {}`,
      },
      ['src/b.rs:1:33 Two types are named `It`: the other is at src/a.rs:1:33'],
    ],
    [
      'the type of another crate, not one of ours that is called so',
      `${it_('a: i32')} #[query] fn it() -> stripe::It {}`,
      ['src/lib.rs:1:67 `stripe::It` is not a known type'],
    ],
    [
      'nothing when an alias stands for itself',
      'type It = It; #[query] fn it() -> It {}',
      ['src/lib.rs:1:11 `It` is an alias of itself'],
    ],
  ])('%s', async (_, rust, problems) => {
    expect(await problemsIn(rust)).toEqual(problems)
  })
})

describe('left out are', () => {
  it.each<[what: string, rust: Rust]>([
    [
      'files that are modules of tests',
      {
        'src/lib.rs': '#[query] fn it() {} #[cfg(test)] mod tests;',
        'src/tests.rs': '#[query] fn other() -> Mystery {}',
        'src/tests/more.rs': '#[query] fn more() -> Mystery {}',
      },
    ],
    [
      'files that say so themselves',
      { 'src/lib.rs': '#[query] fn it() {}', 'src/a.rs': '#![cfg(test)] #[query] fn other() {}' },
    ],
  ])('%s', async (_, rust) => {
    expect(await parsed(rust)).toEqual(['query it() → unit'])
  })
})
