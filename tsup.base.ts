import type { Options } from 'tsup'

/**
 * How every package is built: ES modules and their types, from the entry points its `exports` name.
 * A package contains its `src`, so that source maps name the sources and do not repeat them.
 */
export function library(entry: NonNullable<Options['entry']>, options: Options = {}): Options {
  return {
    entry,
    format: ['esm'],
    target: 'es2022',
    dts: true,
    clean: true,
    sourcemap: true,
    treeshake: true,
    esbuildOptions: (esbuild) => {
      esbuild.sourcesContent = false
    },
    ...options,
  }
}
