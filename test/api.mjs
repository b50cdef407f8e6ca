// Keeps a report of the public API of each entry point, in packages/*/api. Without an argument it
// fails when a report is out of date, and shows the difference; `--update` writes the reports.
// Wants the packages built.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { parseReport, publicPart } from './api/public-part.mjs'
import { published, root } from './published.mjs'

const isUpdate = process.argv.includes('--update')
const silent = { default: { logLevel: 'none' } }
const compilerOptions = {
  target: 'es2022',
  module: 'esnext',
  moduleResolution: 'bundler',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
  skipLibCheck: true,
}

const entries = published.flatMap(({ folder, manifest }) =>
  Object.entries(manifest.exports).map(([key, { types }]) => ({
    name: manifest.name + key.slice(1),
    folder,
    types: join(folder, types),
    report: join(folder, 'api', `${key.slice(2).replace('/', '-') || 'index'}.api.md`),
  })),
)

/** API Extractor's settings for one entry point. */
function configFor({ folder, types }, reportFolder) {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    projectFolderLookupToken: folder,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: { compilerOptions, files: entries.map(({ types }) => types) },
      },
      apiReport: {
        enabled: true,
        reportFileName: 'report',
        reportVariants: ['public'],
        includeForgottenExports: true,
        reportFolder,
        reportTempFolder: join(reportFolder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  })
}

/** The declarations of each entry point. */
function readAll(folder) {
  const compilerState = CompilerState.create(configFor(entries[0], folder))
  return entries.map((entry, index) => {
    const own = join(folder, `${index}`)
    mkdirSync(join(own, 'temp'), { recursive: true })
    Extractor.invoke(configFor(entry, own), {
      compilerState,
      localBuild: true,
      messageCallback: (message) => {
        if (message.logLevel !== 'error') message.handled = true
      },
    })
    return parseReport(readFileSync(join(own, 'report.public.api.md'), 'utf8'))
  })
}

/** The report of one entry point, without what another one of its package exports. */
function reportOf(entry, declarations) {
  const others = declarations.filter(
    (_, index) => entries[index].folder === entry.folder && entries[index] !== entry,
  )
  const exported = others.flat().filter(({ isExported }) => isExported)
  const elsewhere = new Set(exported.map(({ name }) => name))
  const blocks = publicPart(declarations[entries.indexOf(entry)], elsewhere)
  const title = `# The public API of \`${entry.name}\``
  return `${title}\n\nWritten by \`npm run api:update\`.\n\n\`\`\`ts\n${blocks.join('\n\n')}\n\`\`\`\n`
}

/** The reports that no entry point has any more. */
function leftOver() {
  const known = new Set(entries.map(({ report }) => report))
  const folders = [...new Set(entries.map(({ folder }) => join(folder, 'api')))]
  return folders
    .filter(existsSync)
    .flatMap((api) => readdirSync(api).map((name) => join(api, name)))
    .filter((path) => !known.has(path))
}

/** The difference between a report and the API now, in words for who changed it. */
function describeChange({ name, report }, text, folder) {
  const fresh = join(folder, 'fresh.md')
  writeFileSync(fresh, text)
  const old = existsSync(report) ? report : '/dev/null'
  const args = ['diff', '--no-index', '--no-color', '--unified=2', old, fresh]
  const { stdout } = spawnSync('git', args, { encoding: 'utf8' })
  return `The public API of ${name} has changed:\n${stdout.slice(stdout.indexOf('@@'))}`
}

const folder = mkdtempSync(join(tmpdir(), 'headway-api-'))
const changes = []
try {
  const declarations = readAll(folder)
  for (const entry of entries) {
    const text = reportOf(entry, declarations)
    if (existsSync(entry.report) && readFileSync(entry.report, 'utf8') === text) continue
    changes.push(describeChange(entry, text, folder))
    if (!isUpdate) continue
    mkdirSync(join(entry.folder, 'api'), { recursive: true })
    writeFileSync(entry.report, text)
  }
  for (const path of leftOver()) {
    changes.push(`${relative(root, path)} is the report of no entry point.\n`)
    if (isUpdate) rmSync(path)
  }
} finally {
  rmSync(folder, { recursive: true })
}
console.log(changes.join('\n'))
if (changes.length > 0 && !isUpdate) {
  console.error('If you meant that: run `npm run api:update`, and say it in a changeset.')
  process.exit(1)
}
