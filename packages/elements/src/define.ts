import { HeadwayProgress } from './progress/headway-progress.ts'
import { HeadwaySteps } from './steps/headway-steps.ts'

export type { HeadwayProgress, HeadwaySteps }

HeadwayProgress.define()
HeadwaySteps.define()
