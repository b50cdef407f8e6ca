/** The sent part of a request's body. */
export interface Sent {
  sentBytes: number
  totalBytes: number
}
