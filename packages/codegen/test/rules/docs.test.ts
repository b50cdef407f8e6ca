import { expect, it } from 'vitest'
import { parse } from '../support/parse.ts'

it.each<[what: string, rust: string, docs: string[]]>([
  ['lines', '/// One.\n/// Two.', ['One.', 'Two.']],
  ['lines with indents', '/// One.\n///   Two.', ['One.', '  Two.']],
  ['lines with Windows ends', '/// One.\r\n/// Two.\r', ['One.', 'Two.']],
  ['empty lines at the ends', '///\n/// One.\n///\n/// Two.\n///', ['One.', '', 'Two.']],
  ['a block', '/** One.\n * Two.\n */', ['One.', 'Two.']],
  ['a block without stars', '/**\n  One.\n    Two.\n*/', ['One.', '  Two.']],
  ['an attribute', '#[doc = "One.\\nTwo."]', ['One.', 'Two.']],
  ['an attribute that hides', '#[doc(hidden)]', []],
  [
    'all of them, in their order',
    '/// One.\n#[doc = " Two."]\n/** Three. */',
    ['One.', 'Two.', 'Three.'],
  ],
  ['not ordinary comments', '// No.\n//// No.\n/* No. */\n/*** No. */', []],
])('the docs of a function are %s', async (_, rust, docs) => {
  const { functions } = await parse(`${rust}\n#[query]\nfn it() {}`)
  expect(functions[0]?.docs).toEqual(docs)
})

it('stand on types, fields and variants too', async () => {
  const { types } = await parse(`
    /// A shape.
    #[derive(Serialize)] enum Shape {
      /// A round one.
      Circle {
        /// Half as wide.
        radius: f64, // not this
      },
      Dot,
    }
    #[query] fn it() -> Shape {}
  `)
  expect(types).toMatchObject([
    {
      docs: ['A shape.'],
      variants: [
        { docs: ['A round one.'], shape: { fields: [{ docs: ['Half as wide.'] }] } },
        { docs: [] },
      ],
    },
  ])
})
