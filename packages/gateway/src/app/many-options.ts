import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { LabelOptions } from './label-options.ts'

/** How your own code starts many runs of one function. */
export interface ManyOptions<TArgs = unknown> {
  /**
   * `continue` tries all of them. With `stop`, the first one that has failed ends the others.
   * Default
   * `continue`.
   */
  onFailure?: 'continue' | 'stop'
  /** The title and the tags of each one, for lists. */
  label?(args: TArgs, index: number): LabelOptions
}

/** How your own code starts a group. */
export interface GroupOptions<TArgs = unknown> extends ManyOptions<TArgs>, LabelOptions {
  /**
   * The id of the user whose group it is. Default: nobody's, and everyone who knows its id may
   * follow and cancel it.
   */
  owner?: string | null
  /** Groups with the same key, for the same owner and function, are one group. */
  key?: string
  /** More can be added with `addMany()`. Default `false`. */
  open?: boolean
}

/** How your own code adds children to an open group. */
export interface AddOptions<TArgs = unknown> extends Pick<ManyOptions<TArgs>, 'label'> {
  /**
   * The number of the first one, counted from 0 over all calls: those that are there already are
   * not started again. Default: behind those that are there.
   */
  from?: number
  /** No more come. Default `false`. */
  close?: boolean
}

/** How a job starts children. */
export interface ChildrenOptions<TArgs = unknown> extends ManyOptions<TArgs> {
  /**
   * Tells the calls of one attempt apart, so that another attempt starts no child twice. Default:
   * the number of the call. Give one if the order of the calls may change between attempts.
   */
  key?: string
}

/** A job or a workflow that takes these arguments, before its schema converts them. */
interface TakesArguments<TArgs> {
  readonly input?: StandardSchemaV1<TArgs, unknown>
  run(context: never, args: never): unknown
}

/** Starts children of a run that is under way. */
export type StartChildren = <TArgs>(
  what: TakesArguments<TArgs>,
  argsList: readonly TArgs[],
  options?: ChildrenOptions<NoInfer<TArgs>>,
) => Promise<void>
