export { mountExport } from './mount-export.ts'
export { mountExports } from './mount-exports.ts'
export { mountImport } from './mount-import.ts'
export { mountVerification } from './mount-verification.ts'
