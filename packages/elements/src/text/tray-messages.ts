/** The texts of the tray. */
export interface TrayMessages {
  /** The name of the tray without a `label`. */
  tray: string
  /** The number of runs that have not ended: `{count}`. */
  active: string
  empty: string
  /** The list cannot be read. */
  listFailed: string
  cancel: string
  retry: string
  download: string
  more: string
  /** The button that asks for the permission to notify. */
  notify: string
  /** The name of a button in a row: `{action}`, `{title}`. */
  action: string
  /** The server refused it, or could not be reached: `{action}`, `{error}`. */
  actionFailed: string
}

/** The texts of the tray in English. */
export const trayMessages: Readonly<TrayMessages> = {
  tray: 'Runs',
  active: 'under way: {count}',
  empty: 'Nothing here yet',
  listFailed: 'The list cannot be read',
  cancel: 'Cancel',
  retry: 'Try again',
  download: 'Download',
  more: 'Show more',
  notify: 'Notify me',
  action: '{action}: {title}',
  actionFailed: '{action} failed: {error}',
}
