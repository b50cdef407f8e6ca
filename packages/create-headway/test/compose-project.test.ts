import { posix } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { databaseNames, frameworkNames } from '../src/compose/choices.ts'
import { composeProject } from '../src/compose/compose-project.ts'
import { layouts } from '../src/compose/layouts.ts'
import { readTemplates } from '../src/read-templates.ts'

const templates = await readTemplates()
const combinations = frameworkNames.flatMap((framework) =>
  databaseNames.map((database) => ({ framework, database })),
)

describe.each(combinations)('$framework × $database', (combination) => {
  const project = composeProject({ name: 'films', ...combination }, templates, '1.2.3')
  const layout = layouts[combination.framework]
  const sources = [...project].filter(([path]) => /\.(tsx?|vue|svelte)$/.test(path))

  it('has a package.json with the scripts, and every version', () => {
    const { name, scripts, dependencies, devDependencies } = JSON.parse(
      project.get('package.json') ?? '',
    )
    expect(name).toBe('films')
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(['dev', 'build', 'start', 'test', 'check']),
    )
    expect(dependencies).toMatchObject({ '@headway/core': '1.2.3', '@headway/gateway': '1.2.3' })
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+/)
    }
  })

  it('has files that parse, without words that stand for others', () => {
    for (const [path, text] of project) {
      expect(text, path).not.toMatch(/#(jobs|server|main)\b/)
      expect(text, path).toMatch(/[^\n]\n$/)
      if (path.endsWith('.json')) JSON.parse(text)
    }
    for (const [path, text] of sources) expect(errorsOf(path, text), path).toEqual([])
  })

  it('imports files that it has, and packages that it installs', () => {
    const installed = project.get('package.json') ?? ''
    for (const [path, text] of sources) {
      for (const { fileName } of ts.preProcessFile(scriptOf(text)).importedFiles) {
        if (fileName.startsWith('.')) expect(hasFile(project, path, fileName), fileName).toBe(true)
        else if (!isGiven.test(fileName)) expect(installed).toContain(`"${packageOf(fileName)}"`)
      }
    }
  })

  it('has the files that its README names, and a strict tsconfig', () => {
    const readme = project.get('README.md') ?? ''
    for (const path of [layout.component, layout.jobs, `${layout.server}/export-users.ts`]) {
      expect(project.has(path), path).toBe(true)
      expect(readme).toContain(path)
    }
    const isStrict = project.get('tsconfig.json')?.includes('"strict": true')
    // Nuxt's own is strict.
    expect(isStrict || combination.framework === 'nuxt').toBe(true)
  })
})

it('copies every template into some project', () => {
  const texts = new Set(
    combinations.flatMap((combination) => [
      ...composeProject({ name: 'films', ...combination }, templates, '1.2.3').keys(),
    ]),
  )
  const unused = [...templates.keys()].filter(
    (path) => ![...texts].some((used) => posix.basename(used) === posix.basename(path)),
  )
  expect(unused).toEqual([])
})

/** Of the framework or of Node. */
const isGiven = /^(node:|\$app\/|\$lib\/|@\/)/

const packageOf = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** The script of a component; of other files all. */
const scriptOf = (text: string): string => /<script[^>]*>(.*?)<\/script>/s.exec(text)?.[1] ?? text

function errorsOf(path: string, text: string): string[] {
  const isComponent = /\.(vue|svelte)$/.test(path)
  if (isComponent && !text.includes('<script')) return []
  const fileName = path.endsWith('.tsx') ? path : 'file.ts'
  const { diagnostics = [] } = ts.transpileModule(isComponent ? scriptOf(text) : text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.ReactJSX, target: ts.ScriptTarget.ES2022 },
  })
  return diagnostics.map(({ messageText }) => String(messageText))
}

function hasFile(project: ReadonlyMap<string, string>, from: string, specifier: string): boolean {
  const path = posix.join(posix.dirname(from), specifier)
  return ['', '.ts', '.tsx'].some((ending) => project.has(path + ending))
}
