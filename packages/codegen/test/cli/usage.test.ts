import { describe, expect, it } from 'vitest'
import { createFolder } from '../support/folder.ts'
import { headway } from '../support/headway.ts'

describe('wrong usage', () => {
  it.each<[args: string[], message: string]>([
    [['generate', '--form', 'x'], "error: unknown option '--form'\n(Did you mean --from?)\n"],
    [['generate', '--chek'], "error: unknown option '--chek'\n(Did you mean --check?)\n"],
    ...(
      [
        ['sveltekit', 'svelte'],
        ['reakt', 'react'],
        ['veu', 'vue'],
      ] as const
    ).map(([given, meant]): [string[], string] => [
      ['generate', '--target', given],
      `error: option '--target <name>' argument '${given}' is invalid. It is one of svelte, react, vue, core.\n(Did you mean ${meant}?)\n`,
    ]),
    [['generat'], "error: unknown command 'generat'\n(Did you mean generate?)\n"],
    [
      ['generate', '--target', 'solid'],
      "error: option '--target <name>' argument 'solid' is invalid. It is one of svelte, react, vue, core.\n",
    ],
    [['generate', '--config', 'no.json'], 'error: There is no config at no.json\n'],
    [
      ['generate', '--out', 'x'],
      'error: --from and --target are missing, and no config says it. For example:\n  headway generate --from ../backend/src --target svelte --out src/lib/forge\n',
    ],
  ])('%j', async (args, message) => {
    const said = await headway(await createFolder(), args)
    expect(said).toEqual({ code: 2, stdout: '', stderr: message })
  })

  it('no command at all shows what there is', async () => {
    const { code, stderr } = await headway(await createFolder(), [])
    expect(code).toBe(2)
    expect(stderr).toContain('generate')
  })
})

it('--help reads well', async () => {
  const { code, stdout } = await headway(await createFolder(), ['generate', '--help'])
  expect(code).toBe(0)
  expect(stdout).toMatchSnapshot()
})
