interface Event {
  request: Request
  url: URL
  getClientAddress(): string
}
export type ServerInit = () => Promise<void>
export type Handle = (ask: {
  event: Event
  resolve(event: Event): Promise<Response>
}) => Promise<Response>
export declare const building: boolean
