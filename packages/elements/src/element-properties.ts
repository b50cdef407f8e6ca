import type { HeadwayConnection } from './connection/headway-connection.ts'
import type { HeadwayProgress } from './progress/headway-progress.ts'
import type { HeadwaySteps } from './steps/headway-steps.ts'
import type { HeadwayTray } from './tray/headway-tray.ts'

/** What templates may set on an element of one run. */
interface RunProperties extends Pick<Partial<HeadwayProgress>, 'client' | 'messages' | 'run'> {
  'job-id'?: string | undefined
  'workflow-id'?: string | undefined
  label?: string | undefined
  quiet?: boolean | '' | undefined
}

/** What the templates of frameworks may set on each element: attributes and properties. */
export interface ElementProperties {
  'headway-progress': RunProperties
  'headway-steps': RunProperties & Partial<Pick<HeadwaySteps, 'labels'>>
  'headway-connection': Partial<Pick<HeadwayConnection, 'client' | 'messages'>>
  'headway-tray': Partial<
    Pick<HeadwayTray, 'client' | 'messages' | 'filter' | 'download' | 'open'>
  > & {
    label?: string | undefined
    recent?: number | string | undefined
    notify?: boolean | '' | undefined
  }
}
