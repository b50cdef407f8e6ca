import { type ConnectionMessages, connectionMessages } from './connection-messages.ts'
import { type RunMessages, runMessages } from './run-messages.ts'
import { type TrayMessages, trayMessages } from './tray-messages.ts'

/** Every text of the elements. `{name}` is replaced by the value of that name. */
export interface Messages extends RunMessages, ConnectionMessages, TrayMessages {}

/** The texts in English. */
export const defaultMessages: Readonly<Messages> = /* @__PURE__ */ Object.assign(
  {},
  runMessages,
  connectionMessages,
  trayMessages,
)
