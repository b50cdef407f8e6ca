import type { Store } from '@headway/core'
import { type MaybeRefOrGetter, type Ref, shallowReadonly, shallowRef, toValue, watch } from 'vue'

/**
 * The value of a store, as a ref; of another store when the given one changes. Ends with its scope.
 * On a server it is the value the store has there, and nothing is subscribed.
 */
export function useStore<T>(store: MaybeRefOrGetter<Store<T>>): Readonly<Ref<T>> {
  const value: Ref<T> = shallowRef(toValue(store).getSnapshot())
  if (typeof window === 'undefined') return value
  watch(
    () => toValue(store),
    (current, _previous, onCleanup) => {
      const show = (): void => {
        value.value = current.getSnapshot()
      }
      onCleanup(current.subscribe(show))
      show()
    },
    { immediate: true, flush: 'sync' },
  )
  return shallowReadonly(value)
}
