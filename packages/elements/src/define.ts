import { HeadwayConnection } from './connection/headway-connection.ts'
import { HeadwayProgress } from './progress/headway-progress.ts'
import { HeadwaySteps } from './steps/headway-steps.ts'
import { HeadwayTray } from './tray/headway-tray.ts'

HeadwayProgress.define()
HeadwaySteps.define()
HeadwayConnection.define()
HeadwayTray.define()

export type { HeadwayConnection, HeadwayProgress, HeadwaySteps, HeadwayTray }
