import type { Probe } from '@headway/conformance/adapter'
import type { Client } from '@headway/core'

/** What a probe is given. */
export interface ProbeProps extends Probe {
  client: Client
}

/** Props of which `ask` may change. */
export function createProps({ ask: first, ...rest }: ProbeProps) {
  let ask = $state.raw(first)
  const props: ProbeProps = {
    ...rest,
    get ask() {
      return ask
    },
  }
  return {
    props,
    ask(next: Probe['ask']): void {
      ask = next
    },
  }
}
