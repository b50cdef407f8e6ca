import type { Attention, Note } from './notification.ts'

/** Whether the page can be seen, and may notify. */
export function getAttention(): Attention {
  return {
    isHidden: document.visibilityState === 'hidden',
    permission: typeof Notification === 'undefined' ? 'unsupported' : Notification.permission,
  }
}

/** Shows a notification. A click on it brings the page back. */
export function showNote({ title, body, tag }: Note): void {
  try {
    const notification = new Notification(title, { body, tag })
    notification.onclick = () => {
      window.focus()
      notification.close()
    }
  } catch {
    // Chrome on Android lets only service workers notify.
  }
}

/**
 * Asks the person for the permission to notify. Call it from a click. Resolves with `true` once it
 * is there.
 */
export async function askToNotify(): Promise<boolean> {
  const { permission } = getAttention()
  if (permission !== 'default') return permission === 'granted'
  return (await Notification.requestPermission()) === 'granted'
}
