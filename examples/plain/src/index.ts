export { mount } from './mount-export.ts'
export { mountVerification } from './mount-verification.ts'
