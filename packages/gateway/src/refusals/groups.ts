import type { HttpError } from '../errors.ts'
import { refuse } from './codes.ts'
import { wrongMember } from './requests.ts'

/** @param must such as `must be a list` */
export const wrongItems = (must: string): HttpError => wrongMember('items', must)

export const tooManyItems = (max: number): HttpError =>
  refuse('INVALID_ARGUMENT', `items must have at most ${max}: send the others in another request`)

/**
 * An item does not fit.
 *
 * @param message where and why, such as ` at rows.0: too many`
 */
export function itemsRefused(
  index: number,
  message: string,
  problems: readonly { message: string; path: PropertyKey[] }[],
): HttpError {
  const details = problems.map(({ path, ...problem }) => ({
    ...problem,
    path: ['items', index, 'args', ...path],
  }))
  return refuse('INVALID_ARGUMENT', `The arguments of item ${index} do not fit${message}`, {
    details: details.length > 0 ? details : [{ message, path: ['items', index] }],
  })
}

export const groupClosed = (): HttpError =>
  refuse('CONFLICT', 'The group takes no more children: it is closed, was cancelled, or has ended')

export const notAGroup = (id: string): HttpError =>
  refuse('CONFLICT', `The job ${id} is no group that was started here: it takes no children`)
