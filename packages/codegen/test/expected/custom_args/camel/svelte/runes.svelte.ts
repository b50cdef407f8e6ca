// Made by headway generate. Changes are lost the next time it runs.
export {
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
