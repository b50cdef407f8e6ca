export { type Answered, cancel, get, post, read, start, subscribe } from './api.ts'
export { openStream, type Stream } from './stream.ts'
