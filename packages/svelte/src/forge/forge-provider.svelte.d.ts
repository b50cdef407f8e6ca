import type { Component } from 'svelte'
import type { ForgeProviderProps } from './provided.js'

/**
 * Gives the page its client, and everything below it: `<ForgeProvider url={PUBLIC_API_URL} {getToken}>`. It is closed
 * when the provider is gone.
 */
declare const ForgeProvider: Component<ForgeProviderProps>
type ForgeProvider = ReturnType<typeof ForgeProvider>
export default ForgeProvider
