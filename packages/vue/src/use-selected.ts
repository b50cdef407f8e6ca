import { createSelection } from '@headway/core/adapter'
import { type ComputedRef, computed, type Ref } from 'vue'

/** A ref of the part that `select` returns. It changes only when a member of it does. */
export function useSelected<T, S>(
  value: Readonly<Ref<T>>,
  select: (value: T) => S,
): ComputedRef<S> {
  const selection = createSelection<T, S>()
  return computed(() => selection(value.value, select))
}
