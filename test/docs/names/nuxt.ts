// What Nuxt imports by itself.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App } from 'vue'

declare global {
  interface ImportMeta {
    prerender: boolean
  }
}

export { headway } from './server.ts'
export declare const defineNitroPlugin: (setup: () => void) => unknown
export declare const defineNuxtPlugin: (setup: (nuxt: { vueApp: App }) => void) => unknown
export declare const useNitroApp: () => {
  hooks: { hook(name: 'close', close: () => Promise<void>): void }
}
export declare const fromNodeMiddleware: (
  handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void,
) => unknown
