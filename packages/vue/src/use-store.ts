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
 * The value of a store, as a ref; of another store when the given one changes. It is followed until its
 * scope ends, but for the time that a `<KeepAlive>` keeps its component away. On a server, and until what a
 * server rendered is mounted, it is the value from before anything was asked.
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

/** Whether somebody can see it: not on a server, not while hydrating, not while a `<KeepAlive>` keeps it away. */
function useIsShown(): Readonly<Ref<boolean>> {
  const instance = getCurrentInstance()
  // A component that hydrates has its element before it is set up.
  const isShown = shallowRef(!isServer() && !instance?.vnode.el)
  if (!instance) return isShown
  const show = (): void => {
    isShown.value = true
  }
  onMounted(show)
  onActivated(show)
  onDeactivated(() => {
    isShown.value = false
  })
  return isShown
}
