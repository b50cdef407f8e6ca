import { describe, expect, it } from 'vitest'
import { createFolder } from '../support/folder.ts'
import { flags, headway, server } from '../support/headway.ts'

describe('what cannot be generated from', () => {
  it('is shown all at once, with its lines and hints', async () => {
    const folder = await createFolder({
      'back/src/users.rs': '#[query]\n\tfn it(site: url::Url) -> Result<Vec<Mime>> {}\r\n',
      'back/src/lib.rs': '#[query] fn broken( {}\n',
    })
    const said = await headway(folder, ['generate', ...flags])
    expect(said.code).toBe(1)
    expect(said.stdout).toBe('')
    expect(said.stderr.replace(/hint: .*/g, 'hint: …')).toBe(
      [
        'back/src/lib.rs:1:20  error: This is not Rust that can be read: `)` is missing here',
        '    1 | #[query] fn broken( {}',
        '      |                    ^',
        '      hint: …',
        '',
        'back/src/users.rs:2:14  error: `url::Url` is not a type that is known here',
        '    2 | \tfn it(site: url::Url) -> Result<Vec<Mime>> {}',
        '      | \t            ^^^^^^^^',
        '      hint: …',
        '',
        'back/src/users.rs:2:38  error: `Mime` is not a type that is known here',
        '    2 | \tfn it(site: url::Url) -> Result<Vec<Mime>> {}',
        '      | \t                                    ^^^^',
        '      hint: …',
        '',
        '3 errors in 2 files. Nothing was written.',
        '',
      ].join('\n'),
    )
    expect(Object.keys(await folder.read())).not.toContain('front/api.ts')
  })

  it.each<[what: string, files: Record<string, string>, message: RegExp]>([
    ['a folder that is not there', {}, /^error: There is no folder .*back\/src: give the one with/],
    ['a folder without Rust', { 'back/src/a.txt': '' }, /There is no Rust file in .*back\/src/],
    [
      'a folder without functions',
      { 'back/src/a.rs': 'fn a() {}' },
      /one Rust file was read, and no function has #\[forge::query\]/,
    ],
    [
      'a file that is somebody’s own',
      { ...server, 'front/api.ts': 'mine' },
      /were not generated, and would be overwritten:\n {2}.*front\/api\.ts\nMove them/,
    ],
  ])('%s', async (_, files, message) => {
    const folder = await createFolder(files)
    const said = await headway(folder, ['generate', ...flags])
    expect(said.code).toBe(1)
    expect(said.stderr).toMatch(message)
    expect(await folder.read()).toEqual(files)
  })
})
