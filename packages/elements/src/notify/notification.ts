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
 * The notification of a run that has just ended; `null` while the page can be seen, and without
 * permission. Pure.
 */
export function noteOf(
  view: AnyRunView,
  title: string,
  { isHidden, permission }: Attention,
  language: Language,
): Note | null {
  if (!isHidden || permission !== 'granted') return null
  const tag = 'jobId' in view ? view.jobId : view.workflowId
  return { title, body: describeRun(view, language).summary, tag }
}
