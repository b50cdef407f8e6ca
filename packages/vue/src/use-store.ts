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
 * A ref of a store's value; if `store` is a ref or a getter, of the current store's. It follows the
 * store until its scope ends, with a pause while `<KeepAlive>` hides the component. On a server and
 * until server-rendered HTML is mounted, it is the value before the first request.
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

/** False on a server, while hydrating, and while `<KeepAlive>` hides the component. */
function useIsShown(): Readonly<Ref<boolean>> {
  const instance = getCurrentInstance()
  // A hydrating component has its element before its setup.
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
