import type { Actions, Ask } from '@headway/conformance/adapter'
import type { Client } from '@headway/core'

/** What a probe is given; `ask` may change. */
export interface ProbeProps {
  client: Client
  ask: Ask
  onRender: (actions: Actions) => void
}

/** Props that a component follows. */
export function createProps(first: ProbeProps): ProbeProps {
  let ask = $state.raw(first.ask)
  return {
    client: first.client,
    onRender: first.onRender,
    get ask() {
      return ask
    },
    set ask(next) {
      ask = next
    },
  }
}
