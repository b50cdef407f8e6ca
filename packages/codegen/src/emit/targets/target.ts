import type { Model } from '../model/model.ts'
import type { Doc } from '../print/doc.ts'
import type { Imports } from '../print/imports.ts'
import type { EmittedFunction } from '../types/emitted-function.ts'
import type { TypeWriter } from '../types/type-doc.ts'

/** The `api.ts` that is being written. */
export interface ApiFile {
  imports: Imports
  types: TypeWriter
  /** The module with the codecs. */
  convertModule: string
}

/** The output for one framework. */
export interface ApiTarget {
  exportsOf(fn: EmittedFunction): string[]
  declarations(file: ApiFile, fn: EmittedFunction): Doc[]
  /** Writes further files beside `api.ts`. */
  beside?(file: BesideFile, functions: readonly EmittedFunction[]): Beside
}

/** The parts that further files are written with. */
export interface BesideFile {
  model: Model
  /** The paths by which generated files import each other. */
  modules: { api: string; convert: string; types: string }
  /** The names of the app's own functions and types. */
  taken: ReadonlySet<string>
}

/** A file before it is printed. */
export interface WrittenFile {
  path: string
  imports: readonly Doc[]
  declarations: readonly Doc[]
}

/** Further files, and the exports that `index.ts` and `types.ts` get for them. */
export interface Beside {
  files: WrittenFile[]
  index: { packages: Doc[]; files: Doc[] }
  types: Doc[]
}
