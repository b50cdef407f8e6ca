import { type ComputedRef, computed, type Ref } from 'vue'

/** A ref for each field of a view. */
export type Refs<TView> = { readonly [Field in keyof TView]: ComputedRef<TView[Field]> }

/** A ref for each field of a value that always has the same ones: each changes when its field does. */
export function toFieldRefs<T extends object>(value: Readonly<Ref<T>>): Refs<T> {
  const fields = Object.keys(value.value) as (keyof T)[]
  const refs = fields.map((field) => [field, computed(() => value.value[field])])
  return Object.fromEntries(refs) as Refs<T>
}
