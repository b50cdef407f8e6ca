/** The texts about the connection. */
export interface ConnectionMessages {
  connectionIdle: string
  connectionConnecting: string
  connectionOpen: string
  connectionLost: string
  connectionPaused: string
  connectionClosed: string
  connectionUnauthorized: string
  connectionIncompatible: string
  /** The next attempt is far away: `{time}`. */
  connectionRetryAt: string
  reasonProxy: string
  reasonOverloaded: string
  reasonTooManySessions: string
  /** The button. */
  reconnect: string
}

/** The texts about the connection in English. */
export const connectionMessages: Readonly<ConnectionMessages> = {
  connectionIdle: 'Not connected',
  connectionConnecting: 'Connecting',
  connectionOpen: 'Connected',
  connectionLost: 'Connection lost, trying again',
  connectionPaused: 'Paused',
  connectionClosed: 'Disconnected',
  connectionUnauthorized: 'Disconnected: sign in again',
  connectionIncompatible: 'Disconnected: reload the page',
  connectionRetryAt: 'Next attempt at {time}',
  reasonProxy: 'A proxy holds back the updates',
  reasonOverloaded: 'The server is busy',
  reasonTooManySessions: 'Too many tabs or devices are connected',
  reconnect: 'Try now',
}
