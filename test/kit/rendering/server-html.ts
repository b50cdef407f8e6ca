import { commands } from 'vitest/browser'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** What the `render()` of a module gives in Node. */
    renderOnServer(file: string): Promise<string>
  }
}

/** The HTML that the `render()` of a module gives in Node, as a server sends it; the path from the project's root. */
export function serverHtml(file: string): Promise<string> {
  return commands.renderOnServer(file)
}
