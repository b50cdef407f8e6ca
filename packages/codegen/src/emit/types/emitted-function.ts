import type { FunctionSchema } from '../../schema.ts'
import type { Changes } from '../model/changes.ts'
import type { Model } from '../model/model.ts'
import { toCamelCase, toPascalCase, toVariable } from '../model/naming.ts'
import type { Shape } from '../model/shapes.ts'
import { received, sent } from '../model/usage.ts'
import { type Doc, widthOf } from '../print/doc.ts'
import { type TypeWriter, typeDoc } from './type-doc.ts'

/** A function as TypeScript sees it. */
export interface EmittedFunction {
  schema: FunctionSchema
  /** `exportUsers` */
  name: string
  /** `exportUsers`, or `delete_` where `delete` alone cannot name a variable. */
  variable: string
  /** `ExportUsers` */
  pascal: string
  /** The type of its arguments; `null` without arguments. */
  args: Shape | null
  /** The interface for its arguments; `null` where the type is short enough to stand in place. */
  argsName: string | null
  /** True where the arguments, or the output, differ on the wire. */
  converts: { args: boolean; output: boolean }
}

/**
 * The longest that a function's name, arguments and output may be together for the type of the
 * arguments to stand in place: the longest generated line then has 100 columns.
 */
const maxInline = { query: 46, mutation: 62, job: 56, workflow: 51 }

/** Gives every function of a model its names and the types that TypeScript sees. */
export function toFunctions(model: Model, changes: Changes): EmittedFunction[] {
  return model.functions.map((schema) => {
    const name = toCamelCase(schema.name)
    const args = argsShape(schema)
    return {
      schema,
      name,
      variable: toVariable(name),
      pascal: toPascalCase(schema.name),
      args,
      argsName: args?.kind === 'object' ? argsName(model, schema, args) : null,
      converts: {
        args: args !== null && (isRearranged(schema.args) || changes.of(args, sent)),
        output: changes.of(schema.output, received),
      },
    }
  })
}

/** The type of a function's arguments, as TypeScript text. */
export function argsDoc(writer: TypeWriter, { args, argsName }: EmittedFunction): Doc {
  if (!args) return 'null'
  return argsName === null ? typeDoc(writer, args) : writer.nameOf(argsName)
}

/** The type of a function's output, as TypeScript text. */
export function outputDoc(writer: TypeWriter, { schema }: EmittedFunction): Doc {
  return schema.output.kind === 'unit' ? 'void' : typeDoc(writer, schema.output)
}

/** The name of a function's codec; `null` when nothing has to be converted. */
export function codecName({ name, converts }: EmittedFunction): string | null {
  return converts.args || converts.output ? `${name}Codec` : null
}

/**
 * True where the body of the request is not the arguments object itself, whatever its names are.
 */
function isRearranged(args: FunctionSchema['args']): boolean {
  if (args.form === 'none') return false
  if (args.enveloped) return true
  return args.form === 'direct' ? args.member !== null : args.bare || args.filled
}

function argsShape({ args }: FunctionSchema): Shape | null {
  if (args.form === 'none') return null
  return args.form === 'direct' ? args.type : { kind: 'object', fields: args.fields }
}

function argsName(
  model: Model,
  { kind, name, output }: FunctionSchema,
  args: Shape & { kind: 'object' },
): string | null {
  const writer: TypeWriter = { model, nameOf: (type) => type, paramOf: (param) => param }
  const width =
    toCamelCase(name).length + widthOf(typeDoc(writer, args)) + widthOf(typeDoc(writer, output))
  const isShort = width <= maxInline[kind] && args.fields.every(({ docs }) => docs.length === 0)
  if (isShort) return null
  const candidate = `${toPascalCase(name)}Args`
  return model.find(candidate) ? `${candidate}_` : candidate
}
