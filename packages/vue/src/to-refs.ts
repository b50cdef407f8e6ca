import { type ComputedRef, computed, type Ref } from 'vue'

/** One ref per field of a view. */
export type Refs<TView> = { readonly [Field in keyof TView]: ComputedRef<TView[Field]> }

/** One ref per field of a value whose fields are always the same. */
export function toFieldRefs<T extends object>(value: Readonly<Ref<T>>): Refs<T> {
  const fields = Object.keys(value.value) as (keyof T)[]
  const refs = fields.map((field) => [field, computed(() => value.value[field])])
  return Object.fromEntries(refs) as Refs<T>
}
