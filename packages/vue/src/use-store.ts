import type { Store } from '@headway/core'
import { isServer } from '@headway/core/adapter'
import {
  computed,
  getCurrentInstance,
  type MaybeRefOrGetter,
  onActivated,
  onDeactivated,
  onMounted,
  type Ref,
  shallowReadonly,
  shallowRef,
  toValue,
  watch,
} from 'vue'

/**
 * The value of a store, as a ref; of another store when the given one changes. It is followed while its
 * component is mounted and not kept away by `<KeepAlive>`; in another scope, until that is disposed of.
 * On a server, and until a component is mounted, it is the value from before anything was asked.
 */
export function useStore<T>(store: MaybeRefOrGetter<Store<T>>): Readonly<Ref<T>> {
  const { getSnapshot, getServerSnapshot = getSnapshot } = toValue(store)
  const value = shallowRef(getServerSnapshot())
  const isShown = useIsShown()
  const shown = computed(() => (isShown.value ? toValue(store) : null))
  watch(
    shown,
    (current, _previous, onCleanup) => {
      if (!current) return
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

/** Whether somebody can see it: from `mounted` on, but for the time that a `<KeepAlive>` keeps it away. */
function useIsShown(): Readonly<Ref<boolean>> {
  const isShown = shallowRef(!getCurrentInstance() && !isServer())
  const show = (): void => {
    isShown.value = true
  }
  if (!getCurrentInstance()) return isShown
  onMounted(show)
  onActivated(show)
  onDeactivated(() => {
    isShown.value = false
  })
  return isShown
}
