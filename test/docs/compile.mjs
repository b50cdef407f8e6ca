import { join } from 'node:path'
import ts from 'typescript'
import { completed } from './complete.mjs'

/** A page shows the body of a component without the function around it. */
const returnAtTheTop = 1108

/**
 * The errors of the compiler in snippets, each with its page and line. The snippets seem to be files
 * of `folder`, so they find the packages that a file there finds. `replaced` has the modules that
 * stand for the reader's own.
 */
export function errorsIn(snippets, { folder, options, replaced }) {
  const exported = exportsOf([...new Set(snippets.flatMap(({ modules }) => modules))])
  const written = new Map()
  for (const [index, snippet] of snippets.entries()) {
    const modules = snippet.modules.map((name) => [name, exported.get(name)])
    const path = join(folder, `snippet-${index}.${snippet.extension}`)
    written.set(path, { ...snippet, text: completed(snippet, modules) })
  }
  const program = compile(new Map([...written].map(([path, { text }]) => [path, text])))
  // With the modules that stand for the reader's own, whose mistakes would make names `any`.
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder))
  return files.flatMap((file) => {
    const { page = file.fileName, line = 1 } = written.get(file.fileName) ?? {}
    return ts
      .getPreEmitDiagnostics(program, file)
      .filter(({ code }) => code !== returnAtTheTop)
      .map(({ start, messageText }) => {
        const at = line + file.getLineAndCharacterOfPosition(start).line
        return `${page}:${at} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      })
  })

  /** A program of files that are not on the disk. */
  function compile(texts) {
    const host = ts.createCompilerHost(options)
    const { fileExists, getSourceFile } = host
    host.fileExists = (path) => texts.has(path) || fileExists(path)
    host.getSourceFile = (path, version, ...rest) =>
      texts.has(path)
        ? ts.createSourceFile(path, texts.get(path), version)
        : getSourceFile(path, version, ...rest)
    host.resolveModuleNameLiterals = (names, from) =>
      names.map(({ text }) =>
        texts.has(from) && replaced[text]
          ? ts.resolveModuleName(replaced[text], from, options, host)
          : ts.resolveModuleName(text, from, options, host),
      )
    return ts.createProgram([...texts.keys()], options, host)
  }

  /** The names that each module exports. */
  function exportsOf(modules) {
    const path = join(folder, 'modules.ts')
    const program = compile(
      new Map([[path, modules.map((name) => `import * as _ from '${name}'`).join('\n')]]),
    )
    const checker = program.getTypeChecker()
    return new Map(
      program.getSourceFile(path).statements.map(({ moduleSpecifier }, index) => {
        const symbol = checker.getSymbolAtLocation(moduleSpecifier)
        if (!symbol) throw new Error(`There is no module ${modules[index]}`)
        return [modules[index], checker.getExportsOfModule(symbol).map(({ name }) => name)]
      }),
    )
  }
}
