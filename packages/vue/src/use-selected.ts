import { createSelection } from '@headway/core/adapter'
import { type ComputedRef, computed, type Ref } from 'vue'

/** What `select` picks of a value: another one only when a member of it is. */
export function useSelected<T, S>(
  value: Readonly<Ref<T>>,
  select: (value: T) => S,
): ComputedRef<S> {
  const selection = createSelection<T, S>()
  return computed(() => selection(value.value, select))
}
