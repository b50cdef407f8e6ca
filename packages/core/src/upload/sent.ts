/** How much of a request's body is out. */
export interface Sent {
  sentBytes: number
  totalBytes: number
}
