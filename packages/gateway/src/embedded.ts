export { ConfigurationError, DatabaseStartFailed } from './errors.ts'
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  embeddedPostgres,
} from './postgres/embedded.ts'
