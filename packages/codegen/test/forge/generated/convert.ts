// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type {
  Address,
  AskAllOptionalArgs,
  AskMaybePersonArgs,
  AskSearchAndMoreArgs,
  AskThreeArgs,
  AskTreeArgs,
  AskTwoArgs,
  AvatarInput,
  ExportFormat,
  ExportResult,
  Filter,
  Guest,
  Message,
  Page,
  Person,
  Pet,
  Received,
  RenameInput,
  RunTreeArgs,
  SearchArgs,
  Shape,
  SignUpInput,
  SignUpOutput,
  TellAllOptionalArgs,
  TellThreeArgs,
  TellTreeArgs,
  TellTwoArgs,
  UploadPassportArgs,
} from './types.js'

export const askAllOptionalCodec: Codec<AskAllOptionalArgs, [string | null, number | null]> = {
  toWire: (args) => ({
    ...(args.firstName !== undefined && { first_name: args.firstName }),
    ...(args.age !== undefined && { age: args.age }),
  }),
}

export const askBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const askFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: (args) => ({ filter: filterToWire(args.filter) }),
}

export const askGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: (args) => ({ guest: guestToWire(args.guest) }),
}

export const askGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const askMaybePersonCodec: Codec<AskMaybePersonArgs, Person | null> = {
  toWire: (args) => ({
    ...(args.person !== undefined && { person: args.person && personToWire(args.person) }),
  }),
  fromWire: personFromWire,
}

export const askMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: (args) => ({ message: messageToWire(args.message) }),
  fromWire: messageFromWire,
}

export const askPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: (args) => ({ page: pageToWire(args.page, personToWire) }),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const askPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const askPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const askPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: (args) => ({ input: personToWire(args.input) }),
  fromWire: personFromWire,
}

export const askPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: (args) => ({ pet: petToWire(args.pet) }),
  fromWire: petFromWire,
}

export const askRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const askRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const askSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const askSearchAndMoreCodec: Codec<AskSearchAndMoreArgs, unknown> = {
  toWire: (args) => ({ args: searchArgsToWire(args.args), page_size: args.pageSize }),
}

export const askShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: (args) => ({ shape: shapeToWire(args.shape) }),
  fromWire: shapeFromWire,
}

export const askThreeCodec: Codec<AskThreeArgs, [string, Person, string[]]> = {
  toWire: (args) => ({ id: args.id, person: personToWire(args.person), tags: args.tags }),
  fromWire: (output: [string, PersonWire, string[]]) => [
    output[0],
    personFromWire(output[1]),
    output[2],
  ],
}

export const askTreeCodec: Codec<AskTreeArgs, Record<string, Person>> = {
  toWire: (args) => ({ values: mapValues(args.values, personToWire) }),
  fromWire: (output: Record<string, PersonWire>) => mapValues(output, personFromWire),
}

export const askTwoCodec: Codec<AskTwoArgs, [string, number | null]> = {
  toWire: (args) => ({
    first_name: args.firstName,
    ...(args.age !== undefined && { age: args.age }),
  }),
}

export const cancelCodec: Codec<{ jobId: string; reason?: string | null }, boolean> = {
  toWire: (args) => ({
    job_id: args.jobId,
    ...(args.reason !== undefined && { reason: args.reason }),
  }),
}

export const confirmCodec: Codec<{ runId: string; isConfirmed: boolean }, void> = {
  toWire: (args) => ({ run_id: args.runId, is_confirmed: args.isConfirmed }),
}

export const tellAllOptionalCodec: Codec<TellAllOptionalArgs, [string | null, number | null]> = {
  toWire: (args) => ({
    ...(args.firstName !== undefined && { first_name: args.firstName }),
    ...(args.age !== undefined && { age: args.age }),
  }),
}

export const tellBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const tellFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: (args) => ({ filter: filterToWire(args.filter) }),
}

export const tellGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: (args) => ({ guest: guestToWire(args.guest) }),
}

export const tellGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const tellMaybePersonCodec: Codec<{ person?: Person | null }, Person | null> = {
  toWire: (args) => ({
    ...(args.person !== undefined && { person: args.person && personToWire(args.person) }),
  }),
  fromWire: personFromWire,
}

export const tellMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: (args) => ({ message: messageToWire(args.message) }),
  fromWire: messageFromWire,
}

export const tellPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: (args) => ({ page: pageToWire(args.page, personToWire) }),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const tellPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const tellPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const tellPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: (args) => ({ input: personToWire(args.input) }),
  fromWire: personFromWire,
}

export const tellPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: (args) => ({ pet: petToWire(args.pet) }),
  fromWire: petFromWire,
}

export const tellRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const tellRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const tellSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const tellSearchAndMoreCodec: Codec<{ args: SearchArgs; pageSize: number }, unknown> = {
  toWire: (args) => ({ args: searchArgsToWire(args.args), page_size: args.pageSize }),
}

export const tellShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: (args) => ({ shape: shapeToWire(args.shape) }),
  fromWire: shapeFromWire,
}

export const tellThreeCodec: Codec<TellThreeArgs, [string, Person, string[]]> = {
  toWire: (args) => ({ id: args.id, person: personToWire(args.person), tags: args.tags }),
  fromWire: (output: [string, PersonWire, string[]]) => [
    output[0],
    personFromWire(output[1]),
    output[2],
  ],
}

export const tellTreeCodec: Codec<TellTreeArgs, Record<string, Person>> = {
  toWire: (args) => ({ values: mapValues(args.values, personToWire) }),
  fromWire: (output: Record<string, PersonWire>) => mapValues(output, personFromWire),
}

export const tellTwoCodec: Codec<TellTwoArgs, [string, number | null]> = {
  toWire: (args) => ({
    first_name: args.firstName,
    ...(args.age !== undefined && { age: args.age }),
  }),
}

export const uploadAvatarCodec: Codec<AvatarInput, Received[]> = {
  toWire: avatarInputToWire,
  fromWire: (output: ReceivedWire[]) => output.map(receivedFromWire),
}

export const uploadFileCodec: Codec<{ file: File | Blob }, Received> = {
  fromWire: receivedFromWire,
}

export const uploadMaybeCodec: Codec<{ file?: File | Blob | null }, Received | null> = {
  fromWire: receivedFromWire,
}

export const uploadPassportCodec: Codec<UploadPassportArgs, [Received, Received, string | null]> = {
  toWire: (args) => ({
    front: args.front,
    back: args.back,
    ...(args.validUntil !== undefined && { valid_until: args.validUntil }),
  }),
  fromWire: (output: [ReceivedWire, ReceivedWire, string | null]) => [
    receivedFromWire(output[0]),
    receivedFromWire(output[1]),
    output[2],
  ],
}

export const exportUsersCodec: Codec<{ format: ExportFormat }, ExportResult> = {
  fromWire: exportResultFromWire,
}

export const runBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const runFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: (args) => ({ filter: filterToWire(args.filter) }),
}

export const runGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: (args) => ({ guest: guestToWire(args.guest) }),
}

export const runGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const runMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: (args) => ({ message: messageToWire(args.message) }),
  fromWire: messageFromWire,
}

export const runPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: (args) => ({ page: pageToWire(args.page, personToWire) }),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const runPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const runPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const runPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: (args) => ({ input: personToWire(args.input) }),
  fromWire: personFromWire,
}

export const runPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: (args) => ({ pet: petToWire(args.pet) }),
  fromWire: petFromWire,
}

export const runRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const runRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const runSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const runShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: (args) => ({ shape: shapeToWire(args.shape) }),
  fromWire: shapeFromWire,
}

export const runTreeCodec: Codec<RunTreeArgs, Record<string, Person>> = {
  toWire: (args) => ({ values: mapValues(args.values, personToWire) }),
  fromWire: (output: Record<string, PersonWire>) => mapValues(output, personFromWire),
}

export const flowBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const flowFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: (args) => ({ filter: filterToWire(args.filter) }),
}

export const flowGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: (args) => ({ guest: guestToWire(args.guest) }),
}

export const flowGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const flowMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: (args) => ({ message: messageToWire(args.message) }),
  fromWire: messageFromWire,
}

export const flowPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: (args) => ({ page: pageToWire(args.page, personToWire) }),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const flowPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const flowPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: (args) => ({ person: personToWire(args.person) }),
  fromWire: personFromWire,
}

export const flowPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: (args) => ({ input: personToWire(args.input) }),
  fromWire: personFromWire,
}

export const flowPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: (args) => ({ pet: petToWire(args.pet) }),
  fromWire: petFromWire,
}

export const flowRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const flowRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const flowSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const flowShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: (args) => ({ shape: shapeToWire(args.shape) }),
  fromWire: shapeFromWire,
}

export const signUpCodec: Codec<SignUpInput, SignUpOutput> = {
  toWire: signUpInputToWire,
  fromWire: signUpOutputFromWire,
}

interface AvatarInputWire {
  user_name: string
  picture: File | Blob
  background?: File | Blob | null
}

interface ExportResultWire {
  file_format: ExportFormat
  row_count: number
}

interface FilterWire {
  name_part?: string | null
  min_age?: number | null
}

interface GuestWire {
  first_name: string
  nick_name?: string | null
  lucky_numbers?: number[]
}

type MessageWire =
  | { type: 'Text'; data: string }
  | { type: 'Picture'; data: { alt_text: string } }
  | { type: 'Empty' }

interface PageWire<T> {
  page_items: T[]
  next_cursor: string | null
}

interface PersonWire {
  first_name: string
  nick_name: string | null
  home: Address
}

type PetWire = { kind: 'dog'; leash_length: number } | { kind: 'goldfish' }

interface ReceivedWire {
  name: string
  content_type: string
  text: string
}

interface RenameInputWire {
  old_name: string
  new_name: string
}

interface SearchArgsWire {
  search_text: string
  limit?: number | null
}

type ShapeWire =
  | 'Point'
  | { Circle: number }
  | { Line: [number, number] }
  | { Label: { font_size: number } }

interface SignUpInputWire {
  email_address: string
}

interface SignUpOutputWire {
  email_address: string
  is_confirmed: boolean
}

function avatarInputToWire(value: AvatarInput): AvatarInputWire {
  return {
    user_name: value.userName,
    picture: value.picture,
    ...(value.background !== undefined && { background: value.background }),
  }
}

function exportResultFromWire(wire: ExportResultWire): ExportResult {
  return {
    fileFormat: wire.file_format,
    rowCount: wire.row_count,
  }
}

function filterToWire(value: Filter): FilterWire {
  return {
    ...(value.namePart !== undefined && { name_part: value.namePart }),
    ...(value.minAge !== undefined && { min_age: value.minAge }),
  }
}

function guestToWire(value: Guest): GuestWire {
  return {
    first_name: value.firstName,
    ...(value.nickName !== undefined && { nick_name: value.nickName }),
    ...(value.luckyNumbers !== undefined && { lucky_numbers: value.luckyNumbers }),
  }
}

function messageFromWire(wire: MessageWire): Message {
  switch (wire.type) {
    case 'Picture':
      return { type: wire.type, data: { altText: wire.data.alt_text } }
    default:
      return wire
  }
}

function messageToWire(value: Message): MessageWire {
  switch (value.type) {
    case 'Picture':
      return { type: value.type, data: { alt_text: value.data.altText } }
    default:
      return value
  }
}

function pageFromWire<T, TWire>(wire: PageWire<TWire>, tFromWire: (wire: TWire) => T): Page<T> {
  return {
    pageItems: wire.page_items.map(tFromWire),
    nextCursor: wire.next_cursor,
  }
}

function pageToWire<T, TWire>(value: Page<T>, tToWire: (value: T) => TWire): PageWire<TWire> {
  return {
    page_items: value.pageItems.map(tToWire),
    next_cursor: value.nextCursor,
  }
}

function personFromWire(wire: PersonWire): Person {
  return {
    firstName: wire.first_name,
    nickName: wire.nick_name,
    home: wire.home,
  }
}

function personToWire(value: Person): PersonWire {
  return {
    first_name: value.firstName,
    nick_name: value.nickName,
    home: value.home,
  }
}

function petFromWire(wire: PetWire): Pet {
  switch (wire.kind) {
    case 'dog':
      return { kind: wire.kind, leashLength: wire.leash_length }
    default:
      return wire
  }
}

function petToWire(value: Pet): PetWire {
  switch (value.kind) {
    case 'dog':
      return { kind: value.kind, leash_length: value.leashLength }
    default:
      return value
  }
}

function receivedFromWire(wire: ReceivedWire): Received {
  return {
    name: wire.name,
    contentType: wire.content_type,
    text: wire.text,
  }
}

function renameInputFromWire(wire: RenameInputWire): RenameInput {
  return {
    oldName: wire.old_name,
    newName: wire.new_name,
  }
}

function renameInputToWire(value: RenameInput): RenameInputWire {
  return {
    old_name: value.oldName,
    new_name: value.newName,
  }
}

function searchArgsToWire(value: SearchArgs): SearchArgsWire {
  return {
    search_text: value.searchText,
    ...(value.limit !== undefined && { limit: value.limit }),
  }
}

function shapeFromWire(wire: ShapeWire): Shape {
  if (typeof wire !== 'object') return wire
  if ('Label' in wire) return { Label: { fontSize: wire.Label.font_size } }
  return wire
}

function shapeToWire(value: Shape): ShapeWire {
  if (typeof value !== 'object') return value
  if ('Label' in value) return { Label: { font_size: value.Label.fontSize } }
  return value
}

function signUpInputToWire(value: SignUpInput): SignUpInputWire {
  return {
    email_address: value.emailAddress,
  }
}

function signUpOutputFromWire(wire: SignUpOutputWire): SignUpOutput {
  return {
    emailAddress: wire.email_address,
    isConfirmed: wire.is_confirmed,
  }
}

/** The values of a map, converted; its keys stay. */
function mapValues<T, TConverted>(
  map: { readonly [key: string]: T | undefined },
  convert: (value: T) => TConverted,
): Record<string, TConverted> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, convert(value)]],
    ),
  )
}
