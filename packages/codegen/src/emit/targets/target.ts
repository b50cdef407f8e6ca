import type { Model } from '../model/model.ts'
import type { Doc } from '../print/doc.ts'
import type { Imports } from '../print/imports.ts'
import type { EmittedFunction } from '../types/emitted-function.ts'
import type { TypeWriter } from '../types/type-doc.ts'

/** A file with functions that is being written. */
export interface ApiFile {
  imports: Imports
  types: TypeWriter
  /** The file with the codecs. */
  convertModule: string
}

/** What a target writes for a function, and the names that are exported by it. */
export interface ApiTarget {
  exportsOf(fn: EmittedFunction): string[]
  declarations(file: ApiFile, fn: EmittedFunction): Doc[]
  /** What it writes beside the functions. */
  beside?(file: BesideFile, functions: readonly EmittedFunction[]): Beside
}

/** What other files are written from. */
export interface BesideFile {
  model: Model
  /** How the generated files import each other. */
  modules: { api: string; convert: string; types: string }
  /** The names that the app's own functions and types have. */
  taken: ReadonlySet<string>
}

/** A file as it is written. */
export interface WrittenFile {
  path: string
  imports: readonly Doc[]
  declarations: readonly Doc[]
}

/** Files beside the functions, and what `index.ts` and `types.ts` export for them. */
export interface Beside {
  files: WrittenFile[]
  index: { packages: Doc[]; files: Doc[] }
  types: Doc[]
}
