import ts from 'typescript'

/** Converts what a function takes and gives, if anything in it has another name on the wire. */
export interface Codec {
  toWire?: (args: unknown) => unknown
  nullOnWire?: unknown
  fromWire?: (output: unknown) => unknown
}

/** The codecs of a generated `convert.ts`, by their names. */
export function loadCodecs(text: string): Record<string, Codec> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
  const { outputText } = ts.transpileModule(text, { compilerOptions })
  const exports: Record<string, Codec> = {}
  new Function('exports', outputText)(exports)
  return exports
}

/** The JSON that a client sends for arguments. */
export function encode(codec: Codec | undefined, args: unknown): unknown {
  const sent =
    args === null ? (codec?.nullOnWire ?? null) : codec?.toWire ? codec.toWire(args) : args
  return JSON.parse(JSON.stringify(sent))
}
