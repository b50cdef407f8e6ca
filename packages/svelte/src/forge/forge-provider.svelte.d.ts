import type { Component } from 'svelte'
import type { ForgeProviderProps } from './provided.js'

/**
 * Creates the client of the page and of all components below: `<ForgeProvider url={PUBLIC_API_URL}
 * {getToken}>`. It closes the client when it is destroyed.
 */
declare const ForgeProvider: Component<ForgeProviderProps>
type ForgeProvider = ReturnType<typeof ForgeProvider>
export default ForgeProvider
