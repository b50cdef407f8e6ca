import type { Declaration, RustVariant } from '../../parse/rust.ts'
import type { Tagging, TypeShape, VariantSchema } from '../../schema.ts'
import type { Where } from '../names/context.ts'
import { type Directions, directionsOf, isForgeEnum } from '../serde/directions.ts'
import { type Directed, readSerde, type Serde } from '../serde/read-serde.ts'
import { type RenameRule, renameVariant } from '../serde/rename-rules.ts'
import { wireName } from '../serde/wire-name.ts'
import { toFields, toValues } from './to-fields.ts'

type Enum = Extract<Declaration, { kind: 'enum' }>

/** Resolves an enum into the form that serde gives it. */
export function toEnumShape(declared: Enum, serde: Serde, where: Where): TypeShape {
  const tagging = taggingOf(serde)
  const directions = directionsOf(declared)
  const rule = ruleOf(declared, serde)
  const isForges = declared.attributes.some(isForgeEnum)
  const variants = declared.variants.flatMap((variant) =>
    toVariant(variant, { name: declared.name, isForges, serde, directions, rule }, where),
  )
  if (variants.length === 0) {
    where.context.report(
      declared.place,
      `\`${declared.name}\` has no variant that is ever sent, so no value can be of that type`,
      'Give it one, or do not send it.',
    )
  }
  return { form: 'enum', tagging, variants }
}

function taggingOf({ untagged, tag, content }: Serde): Tagging {
  if (untagged) return { style: 'untagged' }
  if (tag === null) return { style: 'external' }
  return content === null ? { style: 'internal', tag } : { style: 'adjacent', tag, content }
}

/** Forge writes the variants of its own enums in snake_case, unless serde has another rule. */
function ruleOf({ attributes }: Enum, { renameAll }: Serde): Directed<RenameRule> {
  const preset = attributes.some(isForgeEnum) ? 'snake_case' : null
  return { in: renameAll.in ?? preset, out: renameAll.out ?? preset }
}

interface Around {
  name: string
  /** True with `#[forge_enum]`. */
  isForges: boolean
  serde: Serde
  directions: Directions
  rule: Directed<RenameRule>
}

function toVariant(variant: RustVariant, around: Around, where: Where): VariantSchema[] {
  const { name, docs, place, attributes } = variant
  const serde = readSerde(attributes, where.context.report)
  const directions = {
    in: around.directions.in && !serde.skip.in,
    out: around.directions.out && !serde.skip.out,
  }
  if (!directions.in && !directions.out) return []
  const owner = `${around.name}.${name}`
  if (serde.untagged && !around.serde.untagged) {
    where.context.report(
      place,
      `\`${owner}\` is untagged, and other variants are not: that cannot be said in one type`,
      'Make the whole enum untagged, or give this variant a tag too.',
    )
  }
  if (serde.with) {
    where.context.report(
      serde.with.place,
      `\`${owner}\` is written by \`${serde.with.path}\`: what comes out of that cannot be read`,
      'Give what is in it a type of its own, and say in the config what that is in TypeScript.',
    )
  }
  const naming = { ...serde, name, rule: around.rule, apply: renameVariant, directions, place }
  return [
    {
      wireName: wireName(naming, where.context.report),
      docs,
      // Forge keeps only the names of its own enums' variants.
      shape: around.isForges
        ? { form: 'unit' }
        : toShape(variant, owner, serde, { ...around, directions }, where),
      place,
    },
  ]
}

function toShape(
  { body }: RustVariant,
  owner: string,
  serde: Serde,
  around: Around,
  where: Where,
): VariantSchema['shape'] {
  if (body.form === 'unit') return { form: 'unit' }
  if (body.form === 'tuple') {
    const of = toValues(body.fields, owner, where)
    const [only] = of
    // [serde] a variant whose only value is skipped is written without values.
    if (body.fields.length === 1) return only ? { form: 'value', type: only } : { form: 'unit' }
    return { form: 'value', type: { kind: 'tuple', of } }
  }
  const { renameAll } = serde
  const { renameAllFields } = around.serde
  const rule = {
    in: renameAll.in ?? renameAllFields.in,
    out: renameAll.out ?? renameAllFields.out,
  }
  const { skipNone } = around.serde
  const fields = { owner, rule, default: false, skipNone, directions: around.directions }
  return { form: 'object', fields: toFields(body.fields, fields, where) }
}
