import type { AnyRunView } from '@headway/core/adapter'
import { describeRun } from '../text/describe-run.ts'
import type { Language } from '../text/language.ts'

/** The page at the moment of a change. */
export interface Attention {
  isHidden: boolean
  /** `unsupported`: the browser has no notifications. */
  permission: NotificationPermission | 'unsupported'
}

/** A notification to show. */
export interface Note {
  title: string
  body: string
  /** A later notification of the same run replaces this one, also of another tab. */
  tag: string
}

/**
 * The notification of the end of a run; `null` for any other change, while the page can be seen, and
 * without permission. A run that had ended when the page came is no news. Pure.
 */
export function noteOf(
  before: AnyRunView | undefined,
  after: AnyRunView,
  title: string,
  { isHidden, permission }: Attention,
  language: Language,
): Note | null {
  const isNews = before?.isActive && after.isDone
  if (!isNews || !isHidden || permission !== 'granted') return null
  const tag = 'jobId' in after ? after.jobId : after.workflowId
  return { title, body: describeRun(after, language).summary, tag }
}
