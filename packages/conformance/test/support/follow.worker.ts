import { followToTheEnd } from './follow-to-the-end.ts'

followToTheEnd().then((followed) => postMessage(followed))
