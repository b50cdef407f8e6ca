import { commands } from 'vitest/browser'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The result of a module's `render()` in Node. */
    renderOnServer(file: string): Promise<string>
  }
}

/**
 * The HTML that a module's `render()` returns in Node. `file` is the path from the project's root.
 */
export function serverHtml(file: string): Promise<string> {
  return commands.renderOnServer(file)
}
