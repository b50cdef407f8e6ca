import { createRequire } from 'node:module'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import vue from '@vitejs/plugin-vue'
import { createServer, type Plugin } from 'vite'
import type { BrowserCommand } from 'vitest/node'

/**
 * Creates a browser command that calls a module's `render()` in Node and returns the HTML, which
 * the page
 * then hydrates. The command takes the module's path from the project's root.
 *
 * @param alias folders of packages to import in place of those with these names
 */
export function createRenderOnServer(
  alias: Record<string, string>,
): BrowserCommand<[file: string]> {
  return async (_, file) => {
    const conditions = ['headway-source', 'module', 'node', 'development|production']
    const server = await createServer({
      configFile: false,
      logLevel: 'error',
      appType: 'custom',
      server: { middlewareMode: true, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true },
      plugins: [svelte({ configFile: false }), vue(), fromAlias(alias)],
      ssr: { resolve: { conditions } },
    })
    try {
      const { render } = await server.ssrLoadModule(`/${file}`)
      return await render()
    } finally {
      await server.close()
    }
  }
}

/** Makes Node load the packages of `alias`. They stay external, as every package does. */
function fromAlias(alias: Record<string, string>): Plugin {
  return {
    name: 'from-alias',
    enforce: 'pre',
    resolveId(id) {
      const place = alias[id.split('/')[0] ?? '']
      return place ? { id: createRequire(place).resolve(id), external: true } : null
    },
  }
}
