import type { ApiOf } from '@headway/gateway'
import type { createApp } from './app.ts'

type App = ReturnType<typeof createApp>

/** The names that the demo's gateway serves, with their types. Pages import it as a type. */
export type Api = ApiOf<App['jobs'], App['workflows'], App['queries'], App['mutations']>
