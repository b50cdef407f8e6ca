// Made by headway generate. Changes are lost the next time it runs.
export interface Address {
  street: string
  numbers: number[]
}

export type Amount = number | string

/** The arguments of `ask_all_optional`. */
export interface AskAllOptionalArgs {
  firstName?: string | null
  age?: number | null
}

/** The arguments of `ask_array`. */
export interface AskArrayArgs {
  values: [number, number]
}

/** The arguments of `ask_input_and_args`. */
export interface AskInputAndArgsArgs {
  input?: string | null
  args?: number | null
}

/** The arguments of `ask_map`. */
export interface AskMapArgs {
  values: Record<string, number>
}

/** The arguments of `ask_maybe_input`. */
export interface AskMaybeInputArgs {
  input?: number | null
}

/** The arguments of `ask_maybe_person`. */
export interface AskMaybePersonArgs {
  person?: Person | null
}

/** The arguments of `ask_pair`. */
export interface AskPairArgs {
  pair: [string, number]
}

/** The arguments of `ask_search_and_more`. */
export interface AskSearchAndMoreArgs {
  args: SearchArgs
  pageSize: number
}

/** The arguments of `ask_three`. */
export interface AskThreeArgs {
  id: string
  person: Person
  tags: string[]
}

/** The arguments of `ask_tree`. */
export interface AskTreeArgs {
  values: Record<string, Person>
}

/** The arguments of `ask_two`. */
export interface AskTwoArgs {
  firstName: string
  age?: number | null
}

export interface AvatarInput {
  userName: string
  picture: File | Blob
  background?: File | Blob | null
}

export interface Command {
  args: string[]
}

export interface CountdownArgs {
  seconds: number
}

/** It is such an object when the rest is left out. */
export interface Draft {
  input?: string | null
  style?: string | null
}

export type ExportFormat = 'csv' | 'excel_sheet'

export interface ExportResult {
  fileFormat: ExportFormat
  rowCount: number
}

/** Nothing in it has to be given. */
export interface Filter {
  namePart?: string | null
  minAge?: number | null
}

/** The arguments of `flow_array`. */
export interface FlowArrayArgs {
  values: [number, number]
}

/** The arguments of `flow_map`. */
export interface FlowMapArgs {
  values: Record<string, number>
}

/** Some of it may be left out; since it is never given back, its type says so. */
export interface Guest {
  firstName: string
  nickName?: string | null
  luckyNumbers?: number[]
}

/** The macros do not see through it. */
export type Ids = string[]

export type Label = string

export type Message =
  | { type: 'Text'; data: string }
  | { type: 'Picture'; data: { altText: string } }
  | { type: 'Empty' }

export interface Note {
  topic: string
  text: string
}

/** What a job takes that takes nothing: Forge hands it `{}`, which is no `()`. */
export type NothingArgs = Record<string, never>

export interface Page<T> {
  pageItems: T[]
  nextCursor: string | null
}

export interface Person {
  firstName: string
  nickName: string | null
  home: Address
}

export type Pet = { kind: 'dog'; leashLength: number } | { kind: 'goldfish' }

/** Its one member is called as what the server unwraps. */
export interface Prompt {
  input: string
}

/** What came of a file. */
export interface Received {
  name: string
  contentType: string
  text: string
}

export interface RenameInput {
  oldName: string
  newName: string
}

/** The arguments of `run_map`. */
export interface RunMapArgs {
  values: Record<string, number>
}

/** The arguments of `run_tree`. */
export interface RunTreeArgs {
  values: Record<string, Person>
}

export type Scores = Record<string, number>

export interface SearchArgs {
  searchText: string
  limit?: number | null
}

/** A variant is the key of what it carries. */
export type Shape =
  | 'Point'
  | { Circle: number }
  | { Line: [number, number] }
  | { Label: { fontSize: number } }

export interface SignUpInput {
  emailAddress: string
}

export interface SignUpOutput {
  emailAddress: string
  isConfirmed: boolean
}

/** Its variants are called as the server calls what it unwraps. */
export type Source = { input: string } | { args: string[] } | 'stdin'

/** The arguments of `tell_all_optional`. */
export interface TellAllOptionalArgs {
  firstName?: string | null
  age?: number | null
}

/** The arguments of `tell_input_and_args`. */
export interface TellInputAndArgsArgs {
  input?: string | null
  args?: number | null
}

/** The arguments of `tell_map`. */
export interface TellMapArgs {
  values: Record<string, number>
}

/** The arguments of `tell_three`. */
export interface TellThreeArgs {
  id: string
  person: Person
  tags: string[]
}

/** The arguments of `tell_tree`. */
export interface TellTreeArgs {
  values: Record<string, Person>
}

/** The arguments of `tell_two`. */
export interface TellTwoArgs {
  firstName: string
  age?: number | null
}

/** The arguments of `upload_passport`. */
export interface UploadPassportArgs {
  front: File | Blob
  back: File | Blob
  validUntil?: string | null
}
