import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cutCode } from './cut-code.ts'

it('cuts the regions, each without its indentation', () => {
  const source = `import a
  // #region code
  const job = useJob()

  if (job) {
    show()
  }
  // #endregion
  rest()
    <!-- #region code -->
    <Bar />
    <!-- #endregion -->`
  expect(cutCode(source)).toBe(`const job = useJob()

if (job) {
  show()
}

<Bar />`)
})

it.each(['', '// #region code\nopen', '#endregion'])('refuses %j', (source) => {
  expect(() => cutCode(source)).toThrow('no complete region')
})

it.each([
  ['plain', /^mount-.*\.ts$/],
  ['react', /-panel\.tsx$/],
  ['svelte', /-panel\.svelte$/],
  ['vue', /-panel\.vue$/],
])('each panel in %s has a few lines of code to show', (framework, files) => {
  const folder = new URL(`../../${framework}/src/`, import.meta.url)
  const panels = readdirSync(folder).filter((file) => files.test(file))
  expect(panels).toHaveLength(6)
  for (const panel of panels) {
    const lines = cutCode(readFileSync(new URL(panel, folder), 'utf8')).split('\n')
    expect(lines.length, panel).toBeGreaterThan(4)
    expect(lines.length, panel).toBeLessThan(18)
  }
})
