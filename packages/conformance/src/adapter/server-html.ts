import { commands } from 'vitest/browser'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The result of the `render()` function of a module, called in Node. */
    renderOnServer(file: string): Promise<string>
  }
}

/**
 * The HTML from the `render()` function of a module, called in Node. `file` is relative to the
 * project's root.
 */
export function serverHtml(file: string): Promise<string> {
  return commands.renderOnServer(file)
}
