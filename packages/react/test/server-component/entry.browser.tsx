// The browser's part is built as well; nobody opens it here.
export { Export } from './export.tsx'
