// Made by headway generate. Changes are lost the next time it runs.
import type {
  Client,
  JobDefinition,
  JobHandle,
  MutationDefinition,
  NoArgs,
  QueryDefinition,
  WorkflowDefinition,
  WorkflowHandle,
} from '@headway/core'
import {
  askAllOptionalCodec,
  askAmountCodec,
  askArrayCodec,
  askBoxedCodec,
  askCommandCodec,
  askDayCodec,
  askDraftCodec,
  askEmptyCodec,
  askFilterCodec,
  askFormatCodec,
  askGuestCodec,
  askGuestsCodec,
  askIdsCodec,
  askInputAndArgsCodec,
  askJsonCodec,
  askLabelCodec,
  askMaybeCodec,
  askMaybeInputCodec,
  askMaybePersonCodec,
  askMessageCodec,
  askMomentCodec,
  askNamedArgsCodec,
  askNamedInputCodec,
  askPageCodec,
  askPairCodec,
  askPeopleCodec,
  askPersonCodec,
  askPersonInputCodec,
  askPetCodec,
  askPromptCodec,
  askRenameCodec,
  askRenameRequestCodec,
  askScoresCodec,
  askSearchAndMoreCodec,
  askSearchCodec,
  askShapeCodec,
  askSourceCodec,
  askThreeCodec,
  askTimestampCodec,
  askTreeCodec,
  askTwoCodec,
  bookTripCodec,
  breakDownCodec,
  cancelCodec,
  confirmCodec,
  exportUsersCodec,
  flakyCodec,
  flowAmountCodec,
  flowArrayCodec,
  flowBoxedCodec,
  flowCommandCodec,
  flowDayCodec,
  flowDraftCodec,
  flowFilterCodec,
  flowFlagCodec,
  flowFloatCodec,
  flowFormatCodec,
  flowGuestCodec,
  flowGuestsCodec,
  flowIdCodec,
  flowIdsCodec,
  flowIntCodec,
  flowJsonCodec,
  flowLabelCodec,
  flowListCodec,
  flowMapCodec,
  flowMessageCodec,
  flowMomentCodec,
  flowNamedArgsCodec,
  flowNamedInputCodec,
  flowPageCodec,
  flowPairCodec,
  flowPeopleCodec,
  flowPersonCodec,
  flowPersonInputCodec,
  flowPetCodec,
  flowPromptCodec,
  flowRenameCodec,
  flowRenameRequestCodec,
  flowScoresCodec,
  flowSearchCodec,
  flowShapeCodec,
  flowSourceCodec,
  flowTextCodec,
  holdSeatCodec,
  hopelessCodec,
  runAdminCodec,
  runAmountCodec,
  runArrayCodec,
  runBoxedCodec,
  runCommandCodec,
  runDayCodec,
  runDraftCodec,
  runFilterCodec,
  runFlagCodec,
  runFloatCodec,
  runFormatCodec,
  runGuestCodec,
  runGuestsCodec,
  runIdCodec,
  runIdsCodec,
  runIntCodec,
  runJsonCodec,
  runLabelCodec,
  runLetterCodec,
  runListCodec,
  runLongCodec,
  runMapCodec,
  runMessageCodec,
  runMomentCodec,
  runNamedArgsCodec,
  runNamedInputCodec,
  runPageCodec,
  runPairCodec,
  runPeopleCodec,
  runPersonCodec,
  runPersonInputCodec,
  runPetCodec,
  runPromptCodec,
  runRenameCodec,
  runRenameRequestCodec,
  runScoresCodec,
  runSearchCodec,
  runSetCodec,
  runShapeCodec,
  runSingleCodec,
  runSortedCodec,
  runSourceCodec,
  runTextCodec,
  runTimestampCodec,
  runTreeCodec,
  scanFileCodec,
  signUpCodec,
  silentCodec,
  tellAllOptionalCodec,
  tellAmountCodec,
  tellArrayCodec,
  tellBoxedCodec,
  tellCommandCodec,
  tellDayCodec,
  tellDraftCodec,
  tellEmptyCodec,
  tellFilterCodec,
  tellFormatCodec,
  tellGuestCodec,
  tellGuestsCodec,
  tellIdsCodec,
  tellInputAndArgsCodec,
  tellJsonCodec,
  tellLabelCodec,
  tellMaybeCodec,
  tellMaybeInputCodec,
  tellMaybePersonCodec,
  tellMessageCodec,
  tellMomentCodec,
  tellNamedArgsCodec,
  tellNamedInputCodec,
  tellPageCodec,
  tellPairCodec,
  tellPeopleCodec,
  tellPersonCodec,
  tellPersonInputCodec,
  tellPetCodec,
  tellPromptCodec,
  tellRenameCodec,
  tellRenameRequestCodec,
  tellScoresCodec,
  tellSearchAndMoreCodec,
  tellSearchCodec,
  tellShapeCodec,
  tellSourceCodec,
  tellThreeCodec,
  tellTimestampCodec,
  tellTreeCodec,
  tellTwoCodec,
  uploadAvatarCodec,
  uploadFileCodec,
  uploadMaybeCodec,
  uploadPassportCodec,
} from './convert.js'
import type {
  Amount,
  AskAllOptionalArgs,
  AskArrayArgs,
  AskInputAndArgsArgs,
  AskMapArgs,
  AskMaybeInputArgs,
  AskMaybePersonArgs,
  AskPairArgs,
  AskSearchAndMoreArgs,
  AskThreeArgs,
  AskTreeArgs,
  AskTwoArgs,
  AvatarInput,
  Command,
  CountdownArgs,
  Draft,
  ExportFormat,
  ExportResult,
  Filter,
  FlowArrayArgs,
  FlowMapArgs,
  Guest,
  Ids,
  Label,
  Message,
  Note,
  NothingArgs,
  Page,
  Person,
  Pet,
  Prompt,
  Received,
  RenameInput,
  RunMapArgs,
  RunTreeArgs,
  Scores,
  SearchArgs,
  Shape,
  SignUpInput,
  SignUpOutput,
  Source,
  TellAllOptionalArgs,
  TellInputAndArgsArgs,
  TellMapArgs,
  TellThreeArgs,
  TellTreeArgs,
  TellTwoArgs,
  UploadPassportArgs,
} from './types.js'

export const askAdmin: QueryDefinition<{ question: string }, string> = {
  kind: 'query',
  name: 'ask_admin',
}

export const askAllOptional: QueryDefinition<AskAllOptionalArgs, [string | null, number | null]> = {
  kind: 'query',
  name: 'ask_all_optional',
  codec: askAllOptionalCodec,
}

export const askAmount: QueryDefinition<{ amount: Amount }, Amount> = {
  kind: 'query',
  name: 'ask_amount',
  codec: askAmountCodec,
}

export const askArray: QueryDefinition<AskArrayArgs, [number, number]> = {
  kind: 'query',
  name: 'ask_array',
  codec: askArrayCodec,
}

export const askBoxed: QueryDefinition<{ person: Person }, Person> = {
  kind: 'query',
  name: 'ask_boxed',
  codec: askBoxedCodec,
}

export const askCommand: QueryDefinition<{ command: Command }, Command> = {
  kind: 'query',
  name: 'ask_command',
  codec: askCommandCodec,
}

export const askDay: QueryDefinition<{ on: string }, string> = {
  kind: 'query',
  name: 'ask_day',
  codec: askDayCodec,
}

export const askDraft: QueryDefinition<{ draft: Draft }, unknown> = {
  kind: 'query',
  name: 'ask_draft',
  codec: askDraftCodec,
}

export const askEmpty: QueryDefinition<NothingArgs, NothingArgs> = {
  kind: 'query',
  name: 'ask_empty',
  codec: askEmptyCodec,
}

export const askFilter: QueryDefinition<{ filter: Filter }, unknown> = {
  kind: 'query',
  name: 'ask_filter',
  codec: askFilterCodec,
}

export const askFlag: QueryDefinition<{ value: boolean }, boolean> = {
  kind: 'query',
  name: 'ask_flag',
}

export const askFloat: QueryDefinition<{ value: number }, number> = {
  kind: 'query',
  name: 'ask_float',
}

export const askFormat: QueryDefinition<{ format: ExportFormat }, ExportFormat> = {
  kind: 'query',
  name: 'ask_format',
  codec: askFormatCodec,
}

export const askGuest: QueryDefinition<{ guest: Guest }, unknown> = {
  kind: 'query',
  name: 'ask_guest',
  codec: askGuestCodec,
}

export const askGuests: QueryDefinition<{ guests: Guest[] }, unknown> = {
  kind: 'query',
  name: 'ask_guests',
  codec: askGuestsCodec,
}

export const askId: QueryDefinition<{ value: string }, string> = {
  kind: 'query',
  name: 'ask_id',
}

export const askIds: QueryDefinition<{ ids: Ids }, Ids> = {
  kind: 'query',
  name: 'ask_ids',
  codec: askIdsCodec,
}

export const askInputAndArgs: QueryDefinition<
  AskInputAndArgsArgs,
  [string | null, number | null]
> = {
  kind: 'query',
  name: 'ask_input_and_args',
  codec: askInputAndArgsCodec,
}

export const askInt: QueryDefinition<{ value: number }, number> = {
  kind: 'query',
  name: 'ask_int',
}

export const askJson: QueryDefinition<{ value: unknown }, unknown> = {
  kind: 'query',
  name: 'ask_json',
  codec: askJsonCodec,
}

export const askLabel: QueryDefinition<{ label: Label }, Label> = {
  kind: 'query',
  name: 'ask_label',
  codec: askLabelCodec,
}

export const askLetter: QueryDefinition<{ value: string }, string> = {
  kind: 'query',
  name: 'ask_letter',
}

export const askList: QueryDefinition<{ values: string[] }, string[]> = {
  kind: 'query',
  name: 'ask_list',
}

export const askLong: QueryDefinition<{ value: number }, number> = {
  kind: 'query',
  name: 'ask_long',
}

export const askMap: QueryDefinition<AskMapArgs, Record<string, number>> = {
  kind: 'query',
  name: 'ask_map',
}

export const askMaybe: QueryDefinition<{ value?: string | null }, string | null> = {
  kind: 'query',
  name: 'ask_maybe',
  codec: askMaybeCodec,
}

export const askMaybeInput: QueryDefinition<AskMaybeInputArgs, number | null> = {
  kind: 'query',
  name: 'ask_maybe_input',
  codec: askMaybeInputCodec,
}

export const askMaybePerson: QueryDefinition<AskMaybePersonArgs, Person | null> = {
  kind: 'query',
  name: 'ask_maybe_person',
  codec: askMaybePersonCodec,
}

export const askMessage: QueryDefinition<{ message: Message }, Message> = {
  kind: 'query',
  name: 'ask_message',
  codec: askMessageCodec,
}

export const askMoment: QueryDefinition<{ at: string }, string> = {
  kind: 'query',
  name: 'ask_moment',
  codec: askMomentCodec,
}

export const askNamedArgs: QueryDefinition<{ args: string[] }, string[]> = {
  kind: 'query',
  name: 'ask_named_args',
  codec: askNamedArgsCodec,
}

export const askNamedInput: QueryDefinition<{ input: string }, string> = {
  kind: 'query',
  name: 'ask_named_input',
  codec: askNamedInputCodec,
}

export const askNothing: QueryDefinition<NoArgs, string> = {
  kind: 'query',
  name: 'ask_nothing',
}

export const askPage: QueryDefinition<{ page: Page<Person> }, Page<Person>> = {
  kind: 'query',
  name: 'ask_page',
  codec: askPageCodec,
}

export const askPair: QueryDefinition<AskPairArgs, [string, number]> = {
  kind: 'query',
  name: 'ask_pair',
  codec: askPairCodec,
}

export const askPeople: QueryDefinition<{ people: Person[] }, Person[]> = {
  kind: 'query',
  name: 'ask_people',
  codec: askPeopleCodec,
}

export const askPerson: QueryDefinition<{ person: Person }, Person> = {
  kind: 'query',
  name: 'ask_person',
  codec: askPersonCodec,
}

export const askPersonInput: QueryDefinition<{ input: Person }, Person> = {
  kind: 'query',
  name: 'ask_person_input',
  codec: askPersonInputCodec,
}

export const askPet: QueryDefinition<{ pet: Pet }, Pet> = {
  kind: 'query',
  name: 'ask_pet',
  codec: askPetCodec,
}

export const askPrompt: QueryDefinition<{ prompt: Prompt }, Prompt> = {
  kind: 'query',
  name: 'ask_prompt',
  codec: askPromptCodec,
}

export const askRename: QueryDefinition<RenameInput, RenameInput> = {
  kind: 'query',
  name: 'ask_rename',
  codec: askRenameCodec,
}

export const askRenameRequest: QueryDefinition<RenameInput, RenameInput> = {
  kind: 'query',
  name: 'ask_rename_request',
  codec: askRenameRequestCodec,
}

export const askScores: QueryDefinition<{ scores: Scores }, Scores> = {
  kind: 'query',
  name: 'ask_scores',
  codec: askScoresCodec,
}

export const askSearch: QueryDefinition<SearchArgs, unknown> = {
  kind: 'query',
  name: 'ask_search',
  codec: askSearchCodec,
}

export const askSearchAndMore: QueryDefinition<AskSearchAndMoreArgs, unknown> = {
  kind: 'query',
  name: 'ask_search_and_more',
  codec: askSearchAndMoreCodec,
}

export const askSet: QueryDefinition<{ values: string[] }, string[]> = {
  kind: 'query',
  name: 'ask_set',
}

export const askShape: QueryDefinition<{ shape: Shape }, Shape> = {
  kind: 'query',
  name: 'ask_shape',
  codec: askShapeCodec,
}

export const askSingle: QueryDefinition<{ value: number }, number> = {
  kind: 'query',
  name: 'ask_single',
}

export const askSorted: QueryDefinition<{ values: number[] }, number[]> = {
  kind: 'query',
  name: 'ask_sorted',
}

export const askSource: QueryDefinition<{ source: Source }, Source> = {
  kind: 'query',
  name: 'ask_source',
  codec: askSourceCodec,
}

export const askText: QueryDefinition<{ value: string }, string> = {
  kind: 'query',
  name: 'ask_text',
}

export const askThree: QueryDefinition<AskThreeArgs, [string, Person, string[]]> = {
  kind: 'query',
  name: 'ask_three',
  codec: askThreeCodec,
}

export const askTimestamp: QueryDefinition<{ at: string }, string> = {
  kind: 'query',
  name: 'ask_timestamp',
  codec: askTimestampCodec,
}

export const askTree: QueryDefinition<AskTreeArgs, Record<string, Person>> = {
  kind: 'query',
  name: 'ask_tree',
  codec: askTreeCodec,
}

export const askTwo: QueryDefinition<AskTwoArgs, [string, number | null]> = {
  kind: 'query',
  name: 'ask_two',
  codec: askTwoCodec,
}

/** Finds nothing. */
export const find: QueryDefinition<{ name: string }, void> = {
  kind: 'query',
  name: 'find',
}

/** It names its table: Forge's macro finds tables in `sqlx::query_as!` alone. */
export const listNotes: QueryDefinition<{ topic: string }, Note[]> = {
  kind: 'query',
  name: 'list_notes',
}

/** Who asks, by the token. */
export const whoAmI: QueryDefinition<NoArgs, string | null> = {
  kind: 'query',
  name: 'who_am_i',
}

export const addNote: MutationDefinition<{ topic: string; text: string }, Note> = {
  kind: 'mutation',
  name: 'add_note',
}

/** The one way by which a client can cancel a job. */
export const cancel: MutationDefinition<{ jobId: string; reason?: string | null }, boolean> = {
  kind: 'mutation',
  name: 'cancel',
  codec: cancelCodec,
}

/** What `sign_up` waits for. */
export const confirm: MutationDefinition<{ runId: string; isConfirmed: boolean }, void> = {
  kind: 'mutation',
  name: 'confirm',
  codec: confirmCodec,
}

/** Refuses odd numbers. */
export const halve: MutationDefinition<{ number: number }, number> = {
  kind: 'mutation',
  name: 'halve',
}

export const tellAdmin: MutationDefinition<{ news: string }, string> = {
  kind: 'mutation',
  name: 'tell_admin',
}

export const tellAllOptional: MutationDefinition<
  TellAllOptionalArgs,
  [string | null, number | null]
> = {
  kind: 'mutation',
  name: 'tell_all_optional',
  codec: tellAllOptionalCodec,
}

export const tellAmount: MutationDefinition<{ amount: Amount }, Amount> = {
  kind: 'mutation',
  name: 'tell_amount',
  codec: tellAmountCodec,
}

export const tellArray: MutationDefinition<{ values: [number, number] }, [number, number]> = {
  kind: 'mutation',
  name: 'tell_array',
  codec: tellArrayCodec,
}

export const tellBoxed: MutationDefinition<{ person: Person }, Person> = {
  kind: 'mutation',
  name: 'tell_boxed',
  codec: tellBoxedCodec,
}

export const tellCommand: MutationDefinition<{ command: Command }, Command> = {
  kind: 'mutation',
  name: 'tell_command',
  codec: tellCommandCodec,
}

export const tellDay: MutationDefinition<{ on: string }, string> = {
  kind: 'mutation',
  name: 'tell_day',
  codec: tellDayCodec,
}

export const tellDraft: MutationDefinition<{ draft: Draft }, unknown> = {
  kind: 'mutation',
  name: 'tell_draft',
  codec: tellDraftCodec,
}

export const tellEmpty: MutationDefinition<NothingArgs, NothingArgs> = {
  kind: 'mutation',
  name: 'tell_empty',
  codec: tellEmptyCodec,
}

export const tellFilter: MutationDefinition<{ filter: Filter }, unknown> = {
  kind: 'mutation',
  name: 'tell_filter',
  codec: tellFilterCodec,
}

export const tellFlag: MutationDefinition<{ value: boolean }, boolean> = {
  kind: 'mutation',
  name: 'tell_flag',
}

export const tellFloat: MutationDefinition<{ value: number }, number> = {
  kind: 'mutation',
  name: 'tell_float',
}

export const tellFormat: MutationDefinition<{ format: ExportFormat }, ExportFormat> = {
  kind: 'mutation',
  name: 'tell_format',
  codec: tellFormatCodec,
}

export const tellGuest: MutationDefinition<{ guest: Guest }, unknown> = {
  kind: 'mutation',
  name: 'tell_guest',
  codec: tellGuestCodec,
}

export const tellGuests: MutationDefinition<{ guests: Guest[] }, unknown> = {
  kind: 'mutation',
  name: 'tell_guests',
  codec: tellGuestsCodec,
}

export const tellId: MutationDefinition<{ value: string }, string> = {
  kind: 'mutation',
  name: 'tell_id',
}

export const tellIds: MutationDefinition<{ ids: Ids }, Ids> = {
  kind: 'mutation',
  name: 'tell_ids',
  codec: tellIdsCodec,
}

export const tellInputAndArgs: MutationDefinition<
  TellInputAndArgsArgs,
  [string | null, number | null]
> = {
  kind: 'mutation',
  name: 'tell_input_and_args',
  codec: tellInputAndArgsCodec,
}

export const tellInt: MutationDefinition<{ value: number }, number> = {
  kind: 'mutation',
  name: 'tell_int',
}

export const tellJson: MutationDefinition<{ value: unknown }, unknown> = {
  kind: 'mutation',
  name: 'tell_json',
  codec: tellJsonCodec,
}

export const tellLabel: MutationDefinition<{ label: Label }, Label> = {
  kind: 'mutation',
  name: 'tell_label',
  codec: tellLabelCodec,
}

export const tellLetter: MutationDefinition<{ value: string }, string> = {
  kind: 'mutation',
  name: 'tell_letter',
}

export const tellList: MutationDefinition<{ values: string[] }, string[]> = {
  kind: 'mutation',
  name: 'tell_list',
}

export const tellLong: MutationDefinition<{ value: number }, number> = {
  kind: 'mutation',
  name: 'tell_long',
}

export const tellMap: MutationDefinition<TellMapArgs, Record<string, number>> = {
  kind: 'mutation',
  name: 'tell_map',
}

export const tellMaybe: MutationDefinition<{ value?: string | null }, string | null> = {
  kind: 'mutation',
  name: 'tell_maybe',
  codec: tellMaybeCodec,
}

export const tellMaybeInput: MutationDefinition<{ input?: number | null }, number | null> = {
  kind: 'mutation',
  name: 'tell_maybe_input',
  codec: tellMaybeInputCodec,
}

export const tellMaybePerson: MutationDefinition<{ person?: Person | null }, Person | null> = {
  kind: 'mutation',
  name: 'tell_maybe_person',
  codec: tellMaybePersonCodec,
}

export const tellMessage: MutationDefinition<{ message: Message }, Message> = {
  kind: 'mutation',
  name: 'tell_message',
  codec: tellMessageCodec,
}

export const tellMoment: MutationDefinition<{ at: string }, string> = {
  kind: 'mutation',
  name: 'tell_moment',
  codec: tellMomentCodec,
}

export const tellNamedArgs: MutationDefinition<{ args: string[] }, string[]> = {
  kind: 'mutation',
  name: 'tell_named_args',
  codec: tellNamedArgsCodec,
}

export const tellNamedInput: MutationDefinition<{ input: string }, string> = {
  kind: 'mutation',
  name: 'tell_named_input',
  codec: tellNamedInputCodec,
}

export const tellNothing: MutationDefinition<NoArgs, string> = {
  kind: 'mutation',
  name: 'tell_nothing',
}

export const tellPage: MutationDefinition<{ page: Page<Person> }, Page<Person>> = {
  kind: 'mutation',
  name: 'tell_page',
  codec: tellPageCodec,
}

export const tellPair: MutationDefinition<{ pair: [string, number] }, [string, number]> = {
  kind: 'mutation',
  name: 'tell_pair',
  codec: tellPairCodec,
}

export const tellPeople: MutationDefinition<{ people: Person[] }, Person[]> = {
  kind: 'mutation',
  name: 'tell_people',
  codec: tellPeopleCodec,
}

export const tellPerson: MutationDefinition<{ person: Person }, Person> = {
  kind: 'mutation',
  name: 'tell_person',
  codec: tellPersonCodec,
}

export const tellPersonInput: MutationDefinition<{ input: Person }, Person> = {
  kind: 'mutation',
  name: 'tell_person_input',
  codec: tellPersonInputCodec,
}

export const tellPet: MutationDefinition<{ pet: Pet }, Pet> = {
  kind: 'mutation',
  name: 'tell_pet',
  codec: tellPetCodec,
}

export const tellPrompt: MutationDefinition<{ prompt: Prompt }, Prompt> = {
  kind: 'mutation',
  name: 'tell_prompt',
  codec: tellPromptCodec,
}

export const tellRename: MutationDefinition<RenameInput, RenameInput> = {
  kind: 'mutation',
  name: 'tell_rename',
  codec: tellRenameCodec,
}

export const tellRenameRequest: MutationDefinition<RenameInput, RenameInput> = {
  kind: 'mutation',
  name: 'tell_rename_request',
  codec: tellRenameRequestCodec,
}

export const tellScores: MutationDefinition<{ scores: Scores }, Scores> = {
  kind: 'mutation',
  name: 'tell_scores',
  codec: tellScoresCodec,
}

export const tellSearch: MutationDefinition<SearchArgs, unknown> = {
  kind: 'mutation',
  name: 'tell_search',
  codec: tellSearchCodec,
}

export const tellSearchAndMore: MutationDefinition<
  { args: SearchArgs; pageSize: number },
  unknown
> = {
  kind: 'mutation',
  name: 'tell_search_and_more',
  codec: tellSearchAndMoreCodec,
}

export const tellSet: MutationDefinition<{ values: string[] }, string[]> = {
  kind: 'mutation',
  name: 'tell_set',
}

export const tellShape: MutationDefinition<{ shape: Shape }, Shape> = {
  kind: 'mutation',
  name: 'tell_shape',
  codec: tellShapeCodec,
}

export const tellSingle: MutationDefinition<{ value: number }, number> = {
  kind: 'mutation',
  name: 'tell_single',
}

export const tellSorted: MutationDefinition<{ values: number[] }, number[]> = {
  kind: 'mutation',
  name: 'tell_sorted',
}

export const tellSource: MutationDefinition<{ source: Source }, Source> = {
  kind: 'mutation',
  name: 'tell_source',
  codec: tellSourceCodec,
}

export const tellText: MutationDefinition<{ value: string }, string> = {
  kind: 'mutation',
  name: 'tell_text',
}

export const tellThree: MutationDefinition<TellThreeArgs, [string, Person, string[]]> = {
  kind: 'mutation',
  name: 'tell_three',
  codec: tellThreeCodec,
}

export const tellTimestamp: MutationDefinition<{ at: string }, string> = {
  kind: 'mutation',
  name: 'tell_timestamp',
  codec: tellTimestampCodec,
}

export const tellTree: MutationDefinition<TellTreeArgs, Record<string, Person>> = {
  kind: 'mutation',
  name: 'tell_tree',
  codec: tellTreeCodec,
}

export const tellTwo: MutationDefinition<TellTwoArgs, [string, number | null]> = {
  kind: 'mutation',
  name: 'tell_two',
  codec: tellTwoCodec,
}

export const uploadAvatar: MutationDefinition<AvatarInput, Received[]> = {
  kind: 'mutation',
  name: 'upload_avatar',
  codec: uploadAvatarCodec,
}

export const uploadFile: MutationDefinition<{ file: File | Blob }, Received> = {
  kind: 'mutation',
  name: 'upload_file',
  codec: uploadFileCodec,
}

export const uploadMaybe: MutationDefinition<{ file?: File | Blob | null }, Received | null> = {
  kind: 'mutation',
  name: 'upload_maybe',
  codec: uploadMaybeCodec,
}

export const uploadPassport: MutationDefinition<
  UploadPassportArgs,
  [Received, Received, string | null]
> = {
  kind: 'mutation',
  name: 'upload_passport',
  codec: uploadPassportCodec,
}

/** Tells its progress each second, until it is done or cancelled. It belongs to who has started it. */
export const countdown: JobDefinition<CountdownArgs, number> = {
  kind: 'job',
  name: 'countdown',
}

/** Tells its progress each second, until it is done or cancelled. It belongs to who has started it. */
export const trackCountdown = (client: Client, args: CountdownArgs): JobHandle<number> =>
  client.start(countdown, args)

/** Tells its progress in ten parts, of a tenth of a second each. */
export const exportUsers: JobDefinition<{ format: ExportFormat }, ExportResult> = {
  kind: 'job',
  name: 'export_users',
  codec: exportUsersCodec,
}

/** Tells its progress in ten parts, of a tenth of a second each. */
export const trackExportUsers = (
  client: Client,
  args: { format: ExportFormat },
): JobHandle<ExportResult> => client.start(exportUsers, args)

/** Does not succeed at first. */
export const flaky: JobDefinition<{ label: string }, string> = {
  kind: 'job',
  name: 'flaky',
  codec: flakyCodec,
}

/** Does not succeed at first. */
export const trackFlaky = (client: Client, args: { label: string }): JobHandle<string> =>
  client.start(flaky, args)

/** Waits until it is cancelled; `HoldSeat` then notes that it was. */
export const holdSeat: JobDefinition<{ seat: string }, string> = {
  kind: 'job',
  name: 'hold_seat',
  codec: holdSeatCodec,
}

/** Waits until it is cancelled; `HoldSeat` then notes that it was. */
export const trackHoldSeat = (client: Client, args: { seat: string }): JobHandle<string> =>
  client.start(holdSeat, args)

/** Never succeeds. */
export const hopeless: JobDefinition<{ label: string }, string> = {
  kind: 'job',
  name: 'hopeless',
  codec: hopelessCodec,
}

/** Never succeeds. */
export const trackHopeless = (client: Client, args: { label: string }): JobHandle<string> =>
  client.start(hopeless, args)

export const runAdmin: JobDefinition<{ task: string }, string> = {
  kind: 'job',
  name: 'run_admin',
  codec: runAdminCodec,
}

export const trackRunAdmin = (client: Client, args: { task: string }): JobHandle<string> =>
  client.start(runAdmin, args)

export const runAmount: JobDefinition<{ amount: Amount }, Amount> = {
  kind: 'job',
  name: 'run_amount',
  codec: runAmountCodec,
}

export const trackRunAmount = (client: Client, args: { amount: Amount }): JobHandle<Amount> =>
  client.start(runAmount, args)

export const runArray: JobDefinition<{ values: [number, number] }, [number, number]> = {
  kind: 'job',
  name: 'run_array',
  codec: runArrayCodec,
}

export const trackRunArray = (
  client: Client,
  args: { values: [number, number] },
): JobHandle<[number, number]> => client.start(runArray, args)

export const runBoxed: JobDefinition<{ person: Person }, Person> = {
  kind: 'job',
  name: 'run_boxed',
  codec: runBoxedCodec,
}

export const trackRunBoxed = (client: Client, args: { person: Person }): JobHandle<Person> =>
  client.start(runBoxed, args)

export const runCommand: JobDefinition<{ command: Command }, Command> = {
  kind: 'job',
  name: 'run_command',
  codec: runCommandCodec,
}

export const trackRunCommand = (client: Client, args: { command: Command }): JobHandle<Command> =>
  client.start(runCommand, args)

export const runDay: JobDefinition<{ on: string }, string> = {
  kind: 'job',
  name: 'run_day',
  codec: runDayCodec,
}

export const trackRunDay = (client: Client, args: { on: string }): JobHandle<string> =>
  client.start(runDay, args)

export const runDraft: JobDefinition<{ draft: Draft }, unknown> = {
  kind: 'job',
  name: 'run_draft',
  codec: runDraftCodec,
}

export const trackRunDraft = (client: Client, args: { draft: Draft }): JobHandle<unknown> =>
  client.start(runDraft, args)

export const runEmpty: JobDefinition<NothingArgs, NothingArgs> = {
  kind: 'job',
  name: 'run_empty',
}

export const trackRunEmpty = (client: Client, args: NothingArgs): JobHandle<NothingArgs> =>
  client.start(runEmpty, args)

export const runFilter: JobDefinition<{ filter: Filter }, unknown> = {
  kind: 'job',
  name: 'run_filter',
  codec: runFilterCodec,
}

export const trackRunFilter = (client: Client, args: { filter: Filter }): JobHandle<unknown> =>
  client.start(runFilter, args)

export const runFlag: JobDefinition<{ value: boolean }, boolean> = {
  kind: 'job',
  name: 'run_flag',
  codec: runFlagCodec,
}

export const trackRunFlag = (client: Client, args: { value: boolean }): JobHandle<boolean> =>
  client.start(runFlag, args)

export const runFloat: JobDefinition<{ value: number }, number> = {
  kind: 'job',
  name: 'run_float',
  codec: runFloatCodec,
}

export const trackRunFloat = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runFloat, args)

export const runFormat: JobDefinition<{ format: ExportFormat }, ExportFormat> = {
  kind: 'job',
  name: 'run_format',
  codec: runFormatCodec,
}

export const trackRunFormat = (
  client: Client,
  args: { format: ExportFormat },
): JobHandle<ExportFormat> => client.start(runFormat, args)

export const runGuest: JobDefinition<{ guest: Guest }, unknown> = {
  kind: 'job',
  name: 'run_guest',
  codec: runGuestCodec,
}

export const trackRunGuest = (client: Client, args: { guest: Guest }): JobHandle<unknown> =>
  client.start(runGuest, args)

export const runGuests: JobDefinition<{ guests: Guest[] }, unknown> = {
  kind: 'job',
  name: 'run_guests',
  codec: runGuestsCodec,
}

export const trackRunGuests = (client: Client, args: { guests: Guest[] }): JobHandle<unknown> =>
  client.start(runGuests, args)

export const runId: JobDefinition<{ value: string }, string> = {
  kind: 'job',
  name: 'run_id',
  codec: runIdCodec,
}

export const trackRunId = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runId, args)

export const runIds: JobDefinition<{ ids: Ids }, Ids> = {
  kind: 'job',
  name: 'run_ids',
  codec: runIdsCodec,
}

export const trackRunIds = (client: Client, args: { ids: Ids }): JobHandle<Ids> =>
  client.start(runIds, args)

export const runInt: JobDefinition<{ value: number }, number> = {
  kind: 'job',
  name: 'run_int',
  codec: runIntCodec,
}

export const trackRunInt = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runInt, args)

export const runJson: JobDefinition<{ value: unknown }, unknown> = {
  kind: 'job',
  name: 'run_json',
  codec: runJsonCodec,
}

export const trackRunJson = (client: Client, args: { value: unknown }): JobHandle<unknown> =>
  client.start(runJson, args)

export const runLabel: JobDefinition<{ label: Label }, Label> = {
  kind: 'job',
  name: 'run_label',
  codec: runLabelCodec,
}

export const trackRunLabel = (client: Client, args: { label: Label }): JobHandle<Label> =>
  client.start(runLabel, args)

export const runLetter: JobDefinition<{ value: string }, string> = {
  kind: 'job',
  name: 'run_letter',
  codec: runLetterCodec,
}

export const trackRunLetter = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runLetter, args)

export const runList: JobDefinition<{ values: string[] }, string[]> = {
  kind: 'job',
  name: 'run_list',
  codec: runListCodec,
}

export const trackRunList = (client: Client, args: { values: string[] }): JobHandle<string[]> =>
  client.start(runList, args)

export const runLong: JobDefinition<{ value: number }, number> = {
  kind: 'job',
  name: 'run_long',
  codec: runLongCodec,
}

export const trackRunLong = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runLong, args)

export const runMap: JobDefinition<RunMapArgs, Record<string, number>> = {
  kind: 'job',
  name: 'run_map',
  codec: runMapCodec,
}

export const trackRunMap = (client: Client, args: RunMapArgs): JobHandle<Record<string, number>> =>
  client.start(runMap, args)

export const runMessage: JobDefinition<{ message: Message }, Message> = {
  kind: 'job',
  name: 'run_message',
  codec: runMessageCodec,
}

export const trackRunMessage = (client: Client, args: { message: Message }): JobHandle<Message> =>
  client.start(runMessage, args)

export const runMoment: JobDefinition<{ at: string }, string> = {
  kind: 'job',
  name: 'run_moment',
  codec: runMomentCodec,
}

export const trackRunMoment = (client: Client, args: { at: string }): JobHandle<string> =>
  client.start(runMoment, args)

export const runNamedArgs: JobDefinition<{ args: string[] }, string[]> = {
  kind: 'job',
  name: 'run_named_args',
  codec: runNamedArgsCodec,
}

export const trackRunNamedArgs = (client: Client, args: { args: string[] }): JobHandle<string[]> =>
  client.start(runNamedArgs, args)

export const runNamedInput: JobDefinition<{ input: string }, string> = {
  kind: 'job',
  name: 'run_named_input',
  codec: runNamedInputCodec,
}

export const trackRunNamedInput = (client: Client, args: { input: string }): JobHandle<string> =>
  client.start(runNamedInput, args)

export const runPage: JobDefinition<{ page: Page<Person> }, Page<Person>> = {
  kind: 'job',
  name: 'run_page',
  codec: runPageCodec,
}

export const trackRunPage = (
  client: Client,
  args: { page: Page<Person> },
): JobHandle<Page<Person>> => client.start(runPage, args)

export const runPair: JobDefinition<{ pair: [string, number] }, [string, number]> = {
  kind: 'job',
  name: 'run_pair',
  codec: runPairCodec,
}

export const trackRunPair = (
  client: Client,
  args: { pair: [string, number] },
): JobHandle<[string, number]> => client.start(runPair, args)

export const runPeople: JobDefinition<{ people: Person[] }, Person[]> = {
  kind: 'job',
  name: 'run_people',
  codec: runPeopleCodec,
}

export const trackRunPeople = (client: Client, args: { people: Person[] }): JobHandle<Person[]> =>
  client.start(runPeople, args)

export const runPerson: JobDefinition<{ person: Person }, Person> = {
  kind: 'job',
  name: 'run_person',
  codec: runPersonCodec,
}

export const trackRunPerson = (client: Client, args: { person: Person }): JobHandle<Person> =>
  client.start(runPerson, args)

export const runPersonInput: JobDefinition<{ input: Person }, Person> = {
  kind: 'job',
  name: 'run_person_input',
  codec: runPersonInputCodec,
}

export const trackRunPersonInput = (client: Client, args: { input: Person }): JobHandle<Person> =>
  client.start(runPersonInput, args)

export const runPet: JobDefinition<{ pet: Pet }, Pet> = {
  kind: 'job',
  name: 'run_pet',
  codec: runPetCodec,
}

export const trackRunPet = (client: Client, args: { pet: Pet }): JobHandle<Pet> =>
  client.start(runPet, args)

export const runPrompt: JobDefinition<{ prompt: Prompt }, Prompt> = {
  kind: 'job',
  name: 'run_prompt',
  codec: runPromptCodec,
}

export const trackRunPrompt = (client: Client, args: { prompt: Prompt }): JobHandle<Prompt> =>
  client.start(runPrompt, args)

export const runRename: JobDefinition<RenameInput, RenameInput> = {
  kind: 'job',
  name: 'run_rename',
  codec: runRenameCodec,
}

export const trackRunRename = (client: Client, args: RenameInput): JobHandle<RenameInput> =>
  client.start(runRename, args)

export const runRenameRequest: JobDefinition<RenameInput, RenameInput> = {
  kind: 'job',
  name: 'run_rename_request',
  codec: runRenameRequestCodec,
}

export const trackRunRenameRequest = (client: Client, args: RenameInput): JobHandle<RenameInput> =>
  client.start(runRenameRequest, args)

export const runScores: JobDefinition<{ scores: Scores }, Scores> = {
  kind: 'job',
  name: 'run_scores',
  codec: runScoresCodec,
}

export const trackRunScores = (client: Client, args: { scores: Scores }): JobHandle<Scores> =>
  client.start(runScores, args)

export const runSearch: JobDefinition<SearchArgs, unknown> = {
  kind: 'job',
  name: 'run_search',
  codec: runSearchCodec,
}

export const trackRunSearch = (client: Client, args: SearchArgs): JobHandle<unknown> =>
  client.start(runSearch, args)

export const runSet: JobDefinition<{ values: string[] }, string[]> = {
  kind: 'job',
  name: 'run_set',
  codec: runSetCodec,
}

export const trackRunSet = (client: Client, args: { values: string[] }): JobHandle<string[]> =>
  client.start(runSet, args)

export const runShape: JobDefinition<{ shape: Shape }, Shape> = {
  kind: 'job',
  name: 'run_shape',
  codec: runShapeCodec,
}

export const trackRunShape = (client: Client, args: { shape: Shape }): JobHandle<Shape> =>
  client.start(runShape, args)

export const runSingle: JobDefinition<{ value: number }, number> = {
  kind: 'job',
  name: 'run_single',
  codec: runSingleCodec,
}

export const trackRunSingle = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runSingle, args)

export const runSorted: JobDefinition<{ values: number[] }, number[]> = {
  kind: 'job',
  name: 'run_sorted',
  codec: runSortedCodec,
}

export const trackRunSorted = (client: Client, args: { values: number[] }): JobHandle<number[]> =>
  client.start(runSorted, args)

export const runSource: JobDefinition<{ source: Source }, Source> = {
  kind: 'job',
  name: 'run_source',
  codec: runSourceCodec,
}

export const trackRunSource = (client: Client, args: { source: Source }): JobHandle<Source> =>
  client.start(runSource, args)

export const runText: JobDefinition<{ value: string }, string> = {
  kind: 'job',
  name: 'run_text',
  codec: runTextCodec,
}

export const trackRunText = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runText, args)

export const runTimestamp: JobDefinition<{ at: string }, string> = {
  kind: 'job',
  name: 'run_timestamp',
  codec: runTimestampCodec,
}

export const trackRunTimestamp = (client: Client, args: { at: string }): JobHandle<string> =>
  client.start(runTimestamp, args)

export const runTree: JobDefinition<RunTreeArgs, Record<string, Person>> = {
  kind: 'job',
  name: 'run_tree',
  codec: runTreeCodec,
}

export const trackRunTree = (
  client: Client,
  args: RunTreeArgs,
): JobHandle<Record<string, Person>> => client.start(runTree, args)

/** A file is part of what a job is started with. */
export const scanFile: JobDefinition<{ file: File | Blob }, Received> = {
  kind: 'job',
  name: 'scan_file',
  codec: scanFileCodec,
}

/** A file is part of what a job is started with. */
export const trackScanFile = (client: Client, args: { file: File | Blob }): JobHandle<Received> =>
  client.start(scanFile, args)

/** Gives nothing. */
export const silent: JobDefinition<{ label: string }, void> = {
  kind: 'job',
  name: 'silent',
  codec: silentCodec,
}

/** Gives nothing. */
export const trackSilent = (client: Client, args: { label: string }): JobHandle<void> =>
  client.start(silent, args)

/** Its second step fails, and the first is undone. */
export const bookTrip: WorkflowDefinition<{ city: string }, string> = {
  kind: 'workflow',
  name: 'book_trip',
  codec: bookTripCodec,
}

/** Its second step fails, and the first is undone. */
export const trackBookTrip = (client: Client, args: { city: string }): WorkflowHandle<string> =>
  client.start(bookTrip, args)

/** Its second step fails. */
export const breakDown: WorkflowDefinition<{ reason: string }, string> = {
  kind: 'workflow',
  name: 'break_down',
  codec: breakDownCodec,
}

/** Its second step fails. */
export const trackBreakDown = (client: Client, args: { reason: string }): WorkflowHandle<string> =>
  client.start(breakDown, args)

export const flowAmount: WorkflowDefinition<{ amount: Amount }, Amount> = {
  kind: 'workflow',
  name: 'flow_amount',
  codec: flowAmountCodec,
}

export const trackFlowAmount = (client: Client, args: { amount: Amount }): WorkflowHandle<Amount> =>
  client.start(flowAmount, args)

export const flowArray: WorkflowDefinition<FlowArrayArgs, [number, number]> = {
  kind: 'workflow',
  name: 'flow_array',
  codec: flowArrayCodec,
}

export const trackFlowArray = (
  client: Client,
  args: FlowArrayArgs,
): WorkflowHandle<[number, number]> => client.start(flowArray, args)

export const flowBoxed: WorkflowDefinition<{ person: Person }, Person> = {
  kind: 'workflow',
  name: 'flow_boxed',
  codec: flowBoxedCodec,
}

export const trackFlowBoxed = (client: Client, args: { person: Person }): WorkflowHandle<Person> =>
  client.start(flowBoxed, args)

export const flowCommand: WorkflowDefinition<{ command: Command }, Command> = {
  kind: 'workflow',
  name: 'flow_command',
  codec: flowCommandCodec,
}

export const trackFlowCommand = (
  client: Client,
  args: { command: Command },
): WorkflowHandle<Command> => client.start(flowCommand, args)

export const flowDay: WorkflowDefinition<{ on: string }, string> = {
  kind: 'workflow',
  name: 'flow_day',
  codec: flowDayCodec,
}

export const trackFlowDay = (client: Client, args: { on: string }): WorkflowHandle<string> =>
  client.start(flowDay, args)

export const flowDraft: WorkflowDefinition<{ draft: Draft }, unknown> = {
  kind: 'workflow',
  name: 'flow_draft',
  codec: flowDraftCodec,
}

export const trackFlowDraft = (client: Client, args: { draft: Draft }): WorkflowHandle<unknown> =>
  client.start(flowDraft, args)

export const flowEmpty: WorkflowDefinition<NothingArgs, NothingArgs> = {
  kind: 'workflow',
  name: 'flow_empty',
}

export const trackFlowEmpty = (client: Client, args: NothingArgs): WorkflowHandle<NothingArgs> =>
  client.start(flowEmpty, args)

export const flowFilter: WorkflowDefinition<{ filter: Filter }, unknown> = {
  kind: 'workflow',
  name: 'flow_filter',
  codec: flowFilterCodec,
}

export const trackFlowFilter = (
  client: Client,
  args: { filter: Filter },
): WorkflowHandle<unknown> => client.start(flowFilter, args)

export const flowFlag: WorkflowDefinition<{ value: boolean }, boolean> = {
  kind: 'workflow',
  name: 'flow_flag',
  codec: flowFlagCodec,
}

export const trackFlowFlag = (client: Client, args: { value: boolean }): WorkflowHandle<boolean> =>
  client.start(flowFlag, args)

export const flowFloat: WorkflowDefinition<{ value: number }, number> = {
  kind: 'workflow',
  name: 'flow_float',
  codec: flowFloatCodec,
}

export const trackFlowFloat = (client: Client, args: { value: number }): WorkflowHandle<number> =>
  client.start(flowFloat, args)

export const flowFormat: WorkflowDefinition<{ format: ExportFormat }, ExportFormat> = {
  kind: 'workflow',
  name: 'flow_format',
  codec: flowFormatCodec,
}

export const trackFlowFormat = (
  client: Client,
  args: { format: ExportFormat },
): WorkflowHandle<ExportFormat> => client.start(flowFormat, args)

export const flowGuest: WorkflowDefinition<{ guest: Guest }, unknown> = {
  kind: 'workflow',
  name: 'flow_guest',
  codec: flowGuestCodec,
}

export const trackFlowGuest = (client: Client, args: { guest: Guest }): WorkflowHandle<unknown> =>
  client.start(flowGuest, args)

export const flowGuests: WorkflowDefinition<{ guests: Guest[] }, unknown> = {
  kind: 'workflow',
  name: 'flow_guests',
  codec: flowGuestsCodec,
}

export const trackFlowGuests = (
  client: Client,
  args: { guests: Guest[] },
): WorkflowHandle<unknown> => client.start(flowGuests, args)

export const flowId: WorkflowDefinition<{ value: string }, string> = {
  kind: 'workflow',
  name: 'flow_id',
  codec: flowIdCodec,
}

export const trackFlowId = (client: Client, args: { value: string }): WorkflowHandle<string> =>
  client.start(flowId, args)

export const flowIds: WorkflowDefinition<{ ids: Ids }, Ids> = {
  kind: 'workflow',
  name: 'flow_ids',
  codec: flowIdsCodec,
}

export const trackFlowIds = (client: Client, args: { ids: Ids }): WorkflowHandle<Ids> =>
  client.start(flowIds, args)

export const flowInt: WorkflowDefinition<{ value: number }, number> = {
  kind: 'workflow',
  name: 'flow_int',
  codec: flowIntCodec,
}

export const trackFlowInt = (client: Client, args: { value: number }): WorkflowHandle<number> =>
  client.start(flowInt, args)

export const flowJson: WorkflowDefinition<{ value: unknown }, unknown> = {
  kind: 'workflow',
  name: 'flow_json',
  codec: flowJsonCodec,
}

export const trackFlowJson = (client: Client, args: { value: unknown }): WorkflowHandle<unknown> =>
  client.start(flowJson, args)

export const flowLabel: WorkflowDefinition<{ label: Label }, Label> = {
  kind: 'workflow',
  name: 'flow_label',
  codec: flowLabelCodec,
}

export const trackFlowLabel = (client: Client, args: { label: Label }): WorkflowHandle<Label> =>
  client.start(flowLabel, args)

export const flowList: WorkflowDefinition<{ values: string[] }, string[]> = {
  kind: 'workflow',
  name: 'flow_list',
  codec: flowListCodec,
}

export const trackFlowList = (
  client: Client,
  args: { values: string[] },
): WorkflowHandle<string[]> => client.start(flowList, args)

export const flowMap: WorkflowDefinition<FlowMapArgs, Record<string, number>> = {
  kind: 'workflow',
  name: 'flow_map',
  codec: flowMapCodec,
}

export const trackFlowMap = (
  client: Client,
  args: FlowMapArgs,
): WorkflowHandle<Record<string, number>> => client.start(flowMap, args)

export const flowMessage: WorkflowDefinition<{ message: Message }, Message> = {
  kind: 'workflow',
  name: 'flow_message',
  codec: flowMessageCodec,
}

export const trackFlowMessage = (
  client: Client,
  args: { message: Message },
): WorkflowHandle<Message> => client.start(flowMessage, args)

export const flowMoment: WorkflowDefinition<{ at: string }, string> = {
  kind: 'workflow',
  name: 'flow_moment',
  codec: flowMomentCodec,
}

export const trackFlowMoment = (client: Client, args: { at: string }): WorkflowHandle<string> =>
  client.start(flowMoment, args)

export const flowNamedArgs: WorkflowDefinition<{ args: string[] }, string[]> = {
  kind: 'workflow',
  name: 'flow_named_args',
  codec: flowNamedArgsCodec,
}

export const trackFlowNamedArgs = (
  client: Client,
  args: { args: string[] },
): WorkflowHandle<string[]> => client.start(flowNamedArgs, args)

export const flowNamedInput: WorkflowDefinition<{ input: string }, string> = {
  kind: 'workflow',
  name: 'flow_named_input',
  codec: flowNamedInputCodec,
}

export const trackFlowNamedInput = (
  client: Client,
  args: { input: string },
): WorkflowHandle<string> => client.start(flowNamedInput, args)

export const flowPage: WorkflowDefinition<{ page: Page<Person> }, Page<Person>> = {
  kind: 'workflow',
  name: 'flow_page',
  codec: flowPageCodec,
}

export const trackFlowPage = (
  client: Client,
  args: { page: Page<Person> },
): WorkflowHandle<Page<Person>> => client.start(flowPage, args)

export const flowPair: WorkflowDefinition<{ pair: [string, number] }, [string, number]> = {
  kind: 'workflow',
  name: 'flow_pair',
  codec: flowPairCodec,
}

export const trackFlowPair = (
  client: Client,
  args: { pair: [string, number] },
): WorkflowHandle<[string, number]> => client.start(flowPair, args)

export const flowPeople: WorkflowDefinition<{ people: Person[] }, Person[]> = {
  kind: 'workflow',
  name: 'flow_people',
  codec: flowPeopleCodec,
}

export const trackFlowPeople = (
  client: Client,
  args: { people: Person[] },
): WorkflowHandle<Person[]> => client.start(flowPeople, args)

export const flowPerson: WorkflowDefinition<{ person: Person }, Person> = {
  kind: 'workflow',
  name: 'flow_person',
  codec: flowPersonCodec,
}

export const trackFlowPerson = (client: Client, args: { person: Person }): WorkflowHandle<Person> =>
  client.start(flowPerson, args)

export const flowPersonInput: WorkflowDefinition<{ input: Person }, Person> = {
  kind: 'workflow',
  name: 'flow_person_input',
  codec: flowPersonInputCodec,
}

export const trackFlowPersonInput = (
  client: Client,
  args: { input: Person },
): WorkflowHandle<Person> => client.start(flowPersonInput, args)

export const flowPet: WorkflowDefinition<{ pet: Pet }, Pet> = {
  kind: 'workflow',
  name: 'flow_pet',
  codec: flowPetCodec,
}

export const trackFlowPet = (client: Client, args: { pet: Pet }): WorkflowHandle<Pet> =>
  client.start(flowPet, args)

export const flowPrompt: WorkflowDefinition<{ prompt: Prompt }, Prompt> = {
  kind: 'workflow',
  name: 'flow_prompt',
  codec: flowPromptCodec,
}

export const trackFlowPrompt = (client: Client, args: { prompt: Prompt }): WorkflowHandle<Prompt> =>
  client.start(flowPrompt, args)

export const flowRename: WorkflowDefinition<RenameInput, RenameInput> = {
  kind: 'workflow',
  name: 'flow_rename',
  codec: flowRenameCodec,
}

export const trackFlowRename = (client: Client, args: RenameInput): WorkflowHandle<RenameInput> =>
  client.start(flowRename, args)

export const flowRenameRequest: WorkflowDefinition<RenameInput, RenameInput> = {
  kind: 'workflow',
  name: 'flow_rename_request',
  codec: flowRenameRequestCodec,
}

export const trackFlowRenameRequest = (
  client: Client,
  args: RenameInput,
): WorkflowHandle<RenameInput> => client.start(flowRenameRequest, args)

export const flowScores: WorkflowDefinition<{ scores: Scores }, Scores> = {
  kind: 'workflow',
  name: 'flow_scores',
  codec: flowScoresCodec,
}

export const trackFlowScores = (client: Client, args: { scores: Scores }): WorkflowHandle<Scores> =>
  client.start(flowScores, args)

export const flowSearch: WorkflowDefinition<SearchArgs, unknown> = {
  kind: 'workflow',
  name: 'flow_search',
  codec: flowSearchCodec,
}

export const trackFlowSearch = (client: Client, args: SearchArgs): WorkflowHandle<unknown> =>
  client.start(flowSearch, args)

export const flowShape: WorkflowDefinition<{ shape: Shape }, Shape> = {
  kind: 'workflow',
  name: 'flow_shape',
  codec: flowShapeCodec,
}

export const trackFlowShape = (client: Client, args: { shape: Shape }): WorkflowHandle<Shape> =>
  client.start(flowShape, args)

export const flowSource: WorkflowDefinition<{ source: Source }, Source> = {
  kind: 'workflow',
  name: 'flow_source',
  codec: flowSourceCodec,
}

export const trackFlowSource = (client: Client, args: { source: Source }): WorkflowHandle<Source> =>
  client.start(flowSource, args)

export const flowText: WorkflowDefinition<{ value: string }, string> = {
  kind: 'workflow',
  name: 'flow_text',
  codec: flowTextCodec,
}

export const trackFlowText = (client: Client, args: { value: string }): WorkflowHandle<string> =>
  client.start(flowText, args)

/** Two steps, and between them the event that `confirm` brings. */
export const signUp: WorkflowDefinition<SignUpInput, SignUpOutput> = {
  kind: 'workflow',
  name: 'sign_up',
  codec: signUpCodec,
}

/** Two steps, and between them the event that `confirm` brings. */
export const trackSignUp = (client: Client, args: SignUpInput): WorkflowHandle<SignUpOutput> =>
  client.start(signUp, args)
