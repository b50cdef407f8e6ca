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
  /** The same, with `_` behind it where it alone cannot be the name of a variable. */
  variable: string
  /** `ExportUsers` */
  pascal: string
  /** What it takes; `null` when it takes nothing. */
  args: Shape | null
  /** The name of the interface for what it takes, where that would be too long to be written in place. */
  argsName: string | null
  /** Whether what it takes, or what it gives, is written otherwise on the wire. */
  converts: { args: boolean; output: boolean }
}

/**
 * How long a function's name, what it takes and what it gives may be together, for what it takes to be written
 * in place: so that the longest line with all of them has 100 columns.
 */
const maxInline = { query: 46, mutation: 62, job: 56, workflow: 51 }

/** The functions of a model. */
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

/** What a function takes, as TypeScript writes it. */
export function argsDoc(writer: TypeWriter, { args, argsName }: EmittedFunction): Doc {
  if (!args) return 'null'
  return argsName === null ? typeDoc(writer, args) : writer.nameOf(argsName)
}

/** What a function gives, as TypeScript writes it. */
export function outputDoc(writer: TypeWriter, { schema }: EmittedFunction): Doc {
  return schema.output.kind === 'unit' ? 'void' : typeDoc(writer, schema.output)
}

/** The name of what converts for a function, when anything has to be. */
export function codecName({ name, converts }: EmittedFunction): string | null {
  return converts.args || converts.output ? `${name}Codec` : null
}

/** Whether something else is sent than the arguments as TypeScript has them, whatever their names are. */
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
