// Made by headway generate. Changes are lost the next time it runs.
export interface Address {
  street: string
  numbers: number[]
}

export type Amount = number | string

/** What `ask_all_optional` takes. */
export interface AskAllOptionalArgs {
  firstName?: string | null
  age?: number | null
}

/** What `ask_array` takes. */
export interface AskArrayArgs {
  values: [number, number]
}

/** What `ask_input_and_args` takes. */
export interface AskInputAndArgsArgs {
  input?: string | null
  args?: number | null
}

/** What `ask_map` takes. */
export interface AskMapArgs {
  values: Record<string, number>
}

/** What `ask_maybe_input` takes. */
export interface AskMaybeInputArgs {
  input?: number | null
}

/** What `ask_maybe_person` takes. */
export interface AskMaybePersonArgs {
  person?: Person | null
}

/** What `ask_pair` takes. */
export interface AskPairArgs {
  pair: [string, number]
}

/** What `ask_search_and_more` takes. */
export interface AskSearchAndMoreArgs {
  args: SearchArgs
  pageSize: number
}

/** What `ask_three` takes. */
export interface AskThreeArgs {
  id: string
  person: Person
  tags: string[]
}

/** What `ask_tree` takes. */
export interface AskTreeArgs {
  values: Record<string, Person>
}

/** What `ask_two` takes. */
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

/** What `flow_array` takes. */
export interface FlowArrayArgs {
  values: [number, number]
}

/** What `flow_map` takes. */
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

/** What `run_map` takes. */
export interface RunMapArgs {
  values: Record<string, number>
}

/** What `run_tree` takes. */
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

/** What `tell_all_optional` takes. */
export interface TellAllOptionalArgs {
  firstName?: string | null
  age?: number | null
}

/** What `tell_input_and_args` takes. */
export interface TellInputAndArgsArgs {
  input?: string | null
  args?: number | null
}

/** What `tell_map` takes. */
export interface TellMapArgs {
  values: Record<string, number>
}

/** What `tell_three` takes. */
export interface TellThreeArgs {
  id: string
  person: Person
  tags: string[]
}

/** What `tell_tree` takes. */
export interface TellTreeArgs {
  values: Record<string, Person>
}

/** What `tell_two` takes. */
export interface TellTwoArgs {
  firstName: string
  age?: number | null
}

/** What `upload_passport` takes. */
export interface UploadPassportArgs {
  front: File | Blob
  back: File | Blob
  validUntil?: string | null
}
