// Made by headway generate. Changes are lost the next time it runs.
import {
  type Client,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type JobHandle,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
  type WorkflowDefinition,
  type WorkflowHandle,
  withCodec,
  withFiles,
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

export const askAdmin: QueryDefinition<{ question: string }, string> =
  /* @__PURE__ */ defineQuery('ask_admin')

export const askAllOptional: QueryDefinition<AskAllOptionalArgs, [string | null, number | null]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_all_optional'), askAllOptionalCodec)

export const askAmount: QueryDefinition<{ amount: Amount }, Amount> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_amount'),
  askAmountCodec,
)

export const askArray: QueryDefinition<AskArrayArgs, [number, number]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_array'),
  askArrayCodec,
)

export const askBoxed: QueryDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_boxed'),
  askBoxedCodec,
)

export const askCommand: QueryDefinition<{ command: Command }, Command> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_command'),
  askCommandCodec,
)

export const askDay: QueryDefinition<{ on: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_day'),
  askDayCodec,
)

export const askDraft: QueryDefinition<{ draft: Draft }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_draft'),
  askDraftCodec,
)

export const askEmpty: QueryDefinition<NothingArgs, NothingArgs> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_empty'),
  askEmptyCodec,
)

export const askFilter: QueryDefinition<{ filter: Filter }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_filter'),
  askFilterCodec,
)

export const askFlag: QueryDefinition<{ value: boolean }, boolean> =
  /* @__PURE__ */ defineQuery('ask_flag')

export const askFloat: QueryDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineQuery('ask_float')

export const askFormat: QueryDefinition<{ format: ExportFormat }, ExportFormat> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_format'), askFormatCodec)

export const askGuest: QueryDefinition<{ guest: Guest }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_guest'),
  askGuestCodec,
)

export const askGuests: QueryDefinition<{ guests: Guest[] }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_guests'),
  askGuestsCodec,
)

export const askId: QueryDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineQuery('ask_id')

export const askIds: QueryDefinition<{ ids: Ids }, Ids> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_ids'),
  askIdsCodec,
)

export const askInputAndArgs: QueryDefinition<AskInputAndArgsArgs, [string | null, number | null]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_input_and_args'), askInputAndArgsCodec)

export const askInt: QueryDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineQuery('ask_int')

export const askJson: QueryDefinition<{ value: unknown }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_json'),
  askJsonCodec,
)

export const askLabel: QueryDefinition<{ label: Label }, Label> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_label'),
  askLabelCodec,
)

export const askLetter: QueryDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineQuery('ask_letter')

export const askList: QueryDefinition<{ values: string[] }, string[]> =
  /* @__PURE__ */ defineQuery('ask_list')

export const askLong: QueryDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineQuery('ask_long')

export const askMap: QueryDefinition<
  AskMapArgs,
  Record<string, number>
> = /* @__PURE__ */ defineQuery('ask_map')

export const askMaybe: QueryDefinition<{ value?: string | null }, string | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_maybe'), askMaybeCodec)

export const askMaybeInput: QueryDefinition<AskMaybeInputArgs, number | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_maybe_input'), askMaybeInputCodec)

export const askMaybePerson: QueryDefinition<AskMaybePersonArgs, Person | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_maybe_person'), askMaybePersonCodec)

export const askMessage: QueryDefinition<{ message: Message }, Message> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_message'),
  askMessageCodec,
)

export const askMoment: QueryDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_moment'),
  askMomentCodec,
)

export const askNamedArgs: QueryDefinition<{ args: string[] }, string[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_named_args'), askNamedArgsCodec)

export const askNamedInput: QueryDefinition<{ input: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_named_input'),
  askNamedInputCodec,
)

export const askNothing: QueryDefinition<NoArgs, string> =
  /* @__PURE__ */ defineQuery('ask_nothing')

export const askPage: QueryDefinition<
  { page: Page<Person> },
  Page<Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_page'), askPageCodec)

export const askPair: QueryDefinition<AskPairArgs, [string, number]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_pair'),
  askPairCodec,
)

export const askPeople: QueryDefinition<{ people: Person[] }, Person[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_people'),
  askPeopleCodec,
)

export const askPerson: QueryDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_person'),
  askPersonCodec,
)

export const askPersonInput: QueryDefinition<{ input: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_person_input'),
  askPersonInputCodec,
)

export const askPet: QueryDefinition<{ pet: Pet }, Pet> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_pet'),
  askPetCodec,
)

export const askPrompt: QueryDefinition<{ prompt: Prompt }, Prompt> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_prompt'),
  askPromptCodec,
)

export const askRename: QueryDefinition<RenameInput, RenameInput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_rename'),
  askRenameCodec,
)

export const askRenameRequest: QueryDefinition<RenameInput, RenameInput> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineQuery('ask_rename_request'),
    askRenameRequestCodec,
  )

export const askScores: QueryDefinition<{ scores: Scores }, Scores> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_scores'),
  askScoresCodec,
)

export const askSearch: QueryDefinition<SearchArgs, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_search'),
  askSearchCodec,
)

export const askSearchAndMore: QueryDefinition<AskSearchAndMoreArgs, unknown> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineQuery('ask_search_and_more'),
    askSearchAndMoreCodec,
  )

export const askSet: QueryDefinition<{ values: string[] }, string[]> =
  /* @__PURE__ */ defineQuery('ask_set')

export const askShape: QueryDefinition<{ shape: Shape }, Shape> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_shape'),
  askShapeCodec,
)

export const askSingle: QueryDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineQuery('ask_single')

export const askSorted: QueryDefinition<{ values: number[] }, number[]> =
  /* @__PURE__ */ defineQuery('ask_sorted')

export const askSource: QueryDefinition<{ source: Source }, Source> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_source'),
  askSourceCodec,
)

export const askText: QueryDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineQuery('ask_text')

export const askThree: QueryDefinition<AskThreeArgs, [string, Person, string[]]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_three'), askThreeCodec)

export const askTimestamp: QueryDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('ask_timestamp'),
  askTimestampCodec,
)

export const askTree: QueryDefinition<
  AskTreeArgs,
  Record<string, Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_tree'), askTreeCodec)

export const askTwo: QueryDefinition<AskTwoArgs, [string, number | null]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('ask_two'), askTwoCodec)

/** Finds nothing. */
export const find: QueryDefinition<{ name: string }, void> = /* @__PURE__ */ defineQuery('find')

/** It names its table: Forge's macro finds tables in `sqlx::query_as!` alone. */
export const listNotes: QueryDefinition<{ topic: string }, Note[]> =
  /* @__PURE__ */ defineQuery('list_notes')

/** Who asks, by the token. */
export const whoAmI: QueryDefinition<NoArgs, string | null> =
  /* @__PURE__ */ defineQuery('who_am_i')

export const addNote: MutationDefinition<{ topic: string; text: string }, Note> =
  /* @__PURE__ */ defineMutation('add_note')

/** The one way by which a client can cancel a job. */
export const cancel: MutationDefinition<{ jobId: string; reason?: string | null }, boolean> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('cancel'), cancelCodec)

/** What `sign_up` waits for. */
export const confirm: MutationDefinition<{ runId: string; isConfirmed: boolean }, void> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('confirm'), confirmCodec)

/** Refuses odd numbers. */
export const halve: MutationDefinition<{ number: number }, number> =
  /* @__PURE__ */ defineMutation('halve')

export const tellAdmin: MutationDefinition<{ news: string }, string> =
  /* @__PURE__ */ defineMutation('tell_admin')

export const tellAllOptional: MutationDefinition<
  TellAllOptionalArgs,
  [string | null, number | null]
> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_all_optional'),
  tellAllOptionalCodec,
)

export const tellAmount: MutationDefinition<{ amount: Amount }, Amount> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_amount'),
  tellAmountCodec,
)

export const tellArray: MutationDefinition<{ values: [number, number] }, [number, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_array'), tellArrayCodec)

export const tellBoxed: MutationDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_boxed'),
  tellBoxedCodec,
)

export const tellCommand: MutationDefinition<{ command: Command }, Command> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_command'), tellCommandCodec)

export const tellDay: MutationDefinition<{ on: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_day'),
  tellDayCodec,
)

export const tellDraft: MutationDefinition<{ draft: Draft }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_draft'),
  tellDraftCodec,
)

export const tellEmpty: MutationDefinition<NothingArgs, NothingArgs> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_empty'),
  tellEmptyCodec,
)

export const tellFilter: MutationDefinition<{ filter: Filter }, unknown> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_filter'), tellFilterCodec)

export const tellFlag: MutationDefinition<{ value: boolean }, boolean> =
  /* @__PURE__ */ defineMutation('tell_flag')

export const tellFloat: MutationDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineMutation('tell_float')

export const tellFormat: MutationDefinition<{ format: ExportFormat }, ExportFormat> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_format'), tellFormatCodec)

export const tellGuest: MutationDefinition<{ guest: Guest }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_guest'),
  tellGuestCodec,
)

export const tellGuests: MutationDefinition<{ guests: Guest[] }, unknown> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_guests'), tellGuestsCodec)

export const tellId: MutationDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineMutation('tell_id')

export const tellIds: MutationDefinition<{ ids: Ids }, Ids> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_ids'),
  tellIdsCodec,
)

export const tellInputAndArgs: MutationDefinition<
  TellInputAndArgsArgs,
  [string | null, number | null]
> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_input_and_args'),
  tellInputAndArgsCodec,
)

export const tellInt: MutationDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineMutation('tell_int')

export const tellJson: MutationDefinition<{ value: unknown }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_json'),
  tellJsonCodec,
)

export const tellLabel: MutationDefinition<{ label: Label }, Label> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_label'),
  tellLabelCodec,
)

export const tellLetter: MutationDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineMutation('tell_letter')

export const tellList: MutationDefinition<{ values: string[] }, string[]> =
  /* @__PURE__ */ defineMutation('tell_list')

export const tellLong: MutationDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineMutation('tell_long')

export const tellMap: MutationDefinition<
  TellMapArgs,
  Record<string, number>
> = /* @__PURE__ */ defineMutation('tell_map')

export const tellMaybe: MutationDefinition<{ value?: string | null }, string | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_maybe'), tellMaybeCodec)

export const tellMaybeInput: MutationDefinition<{ input?: number | null }, number | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_maybe_input'), tellMaybeInputCodec)

export const tellMaybePerson: MutationDefinition<{ person?: Person | null }, Person | null> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineMutation('tell_maybe_person'),
    tellMaybePersonCodec,
  )

export const tellMessage: MutationDefinition<{ message: Message }, Message> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_message'), tellMessageCodec)

export const tellMoment: MutationDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_moment'),
  tellMomentCodec,
)

export const tellNamedArgs: MutationDefinition<{ args: string[] }, string[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_named_args'), tellNamedArgsCodec)

export const tellNamedInput: MutationDefinition<{ input: string }, string> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_named_input'), tellNamedInputCodec)

export const tellNothing: MutationDefinition<NoArgs, string> =
  /* @__PURE__ */ defineMutation('tell_nothing')

export const tellPage: MutationDefinition<
  { page: Page<Person> },
  Page<Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_page'), tellPageCodec)

export const tellPair: MutationDefinition<{ pair: [string, number] }, [string, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_pair'), tellPairCodec)

export const tellPeople: MutationDefinition<{ people: Person[] }, Person[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_people'), tellPeopleCodec)

export const tellPerson: MutationDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_person'),
  tellPersonCodec,
)

export const tellPersonInput: MutationDefinition<{ input: Person }, Person> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineMutation('tell_person_input'),
    tellPersonInputCodec,
  )

export const tellPet: MutationDefinition<{ pet: Pet }, Pet> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_pet'),
  tellPetCodec,
)

export const tellPrompt: MutationDefinition<{ prompt: Prompt }, Prompt> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_prompt'),
  tellPromptCodec,
)

export const tellRename: MutationDefinition<RenameInput, RenameInput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_rename'),
  tellRenameCodec,
)

export const tellRenameRequest: MutationDefinition<RenameInput, RenameInput> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineMutation('tell_rename_request'),
    tellRenameRequestCodec,
  )

export const tellScores: MutationDefinition<{ scores: Scores }, Scores> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_scores'),
  tellScoresCodec,
)

export const tellSearch: MutationDefinition<SearchArgs, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_search'),
  tellSearchCodec,
)

export const tellSearchAndMore: MutationDefinition<
  { args: SearchArgs; pageSize: number },
  unknown
> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_search_and_more'),
  tellSearchAndMoreCodec,
)

export const tellSet: MutationDefinition<{ values: string[] }, string[]> =
  /* @__PURE__ */ defineMutation('tell_set')

export const tellShape: MutationDefinition<{ shape: Shape }, Shape> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_shape'),
  tellShapeCodec,
)

export const tellSingle: MutationDefinition<{ value: number }, number> =
  /* @__PURE__ */ defineMutation('tell_single')

export const tellSorted: MutationDefinition<{ values: number[] }, number[]> =
  /* @__PURE__ */ defineMutation('tell_sorted')

export const tellSource: MutationDefinition<{ source: Source }, Source> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_source'),
  tellSourceCodec,
)

export const tellText: MutationDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineMutation('tell_text')

export const tellThree: MutationDefinition<TellThreeArgs, [string, Person, string[]]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_three'), tellThreeCodec)

export const tellTimestamp: MutationDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('tell_timestamp'),
  tellTimestampCodec,
)

export const tellTree: MutationDefinition<
  TellTreeArgs,
  Record<string, Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_tree'), tellTreeCodec)

export const tellTwo: MutationDefinition<TellTwoArgs, [string, number | null]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('tell_two'), tellTwoCodec)

export const uploadAvatar: MutationDefinition<AvatarInput, Received[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('upload_avatar'),
  uploadAvatarCodec,
)

export const uploadFile: MutationDefinition<{ file: File | Blob }, Received> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('upload_file'), uploadFileCodec)

export const uploadMaybe: MutationDefinition<{ file?: File | Blob | null }, Received | null> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('upload_maybe'), uploadMaybeCodec)

export const uploadPassport: MutationDefinition<
  UploadPassportArgs,
  [Received, Received, string | null]
> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('upload_passport'),
  uploadPassportCodec,
)

/** Tells its progress each second, until it is done or cancelled. It belongs to who has started it. */
export const countdown: JobDefinition<CountdownArgs, number> =
  /* @__PURE__ */ defineJob('countdown')

/** Tells its progress each second, until it is done or cancelled. It belongs to who has started it. */
export const trackCountdown = (client: Client, args: CountdownArgs): JobHandle<number> =>
  client.start(countdown, args)

/** Tells its progress in ten parts, of a tenth of a second each. */
export const exportUsers: JobDefinition<{ format: ExportFormat }, ExportResult> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('export_users'), exportUsersCodec)

/** Tells its progress in ten parts, of a tenth of a second each. */
export const trackExportUsers = (
  client: Client,
  args: { format: ExportFormat },
): JobHandle<ExportResult> => client.start(exportUsers, args)

/** Does not succeed at first. */
export const flaky: JobDefinition<{ label: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('flaky'),
  flakyCodec,
)

/** Does not succeed at first. */
export const trackFlaky = (client: Client, args: { label: string }): JobHandle<string> =>
  client.start(flaky, args)

/** Waits until it is cancelled; `HoldSeat` then notes that it was. */
export const holdSeat: JobDefinition<{ seat: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('hold_seat'),
  holdSeatCodec,
)

/** Waits until it is cancelled; `HoldSeat` then notes that it was. */
export const trackHoldSeat = (client: Client, args: { seat: string }): JobHandle<string> =>
  client.start(holdSeat, args)

/** Never succeeds. */
export const hopeless: JobDefinition<{ label: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('hopeless'),
  hopelessCodec,
)

/** Never succeeds. */
export const trackHopeless = (client: Client, args: { label: string }): JobHandle<string> =>
  client.start(hopeless, args)

export const runAdmin: JobDefinition<{ task: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_admin'),
  runAdminCodec,
)

export const trackRunAdmin = (client: Client, args: { task: string }): JobHandle<string> =>
  client.start(runAdmin, args)

export const runAmount: JobDefinition<{ amount: Amount }, Amount> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_amount'),
  runAmountCodec,
)

export const trackRunAmount = (client: Client, args: { amount: Amount }): JobHandle<Amount> =>
  client.start(runAmount, args)

export const runArray: JobDefinition<{ values: [number, number] }, [number, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('run_array'), runArrayCodec)

export const trackRunArray = (
  client: Client,
  args: { values: [number, number] },
): JobHandle<[number, number]> => client.start(runArray, args)

export const runBoxed: JobDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_boxed'),
  runBoxedCodec,
)

export const trackRunBoxed = (client: Client, args: { person: Person }): JobHandle<Person> =>
  client.start(runBoxed, args)

export const runCommand: JobDefinition<{ command: Command }, Command> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_command'),
  runCommandCodec,
)

export const trackRunCommand = (client: Client, args: { command: Command }): JobHandle<Command> =>
  client.start(runCommand, args)

export const runDay: JobDefinition<{ on: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_day'),
  runDayCodec,
)

export const trackRunDay = (client: Client, args: { on: string }): JobHandle<string> =>
  client.start(runDay, args)

export const runDraft: JobDefinition<{ draft: Draft }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_draft'),
  runDraftCodec,
)

export const trackRunDraft = (client: Client, args: { draft: Draft }): JobHandle<unknown> =>
  client.start(runDraft, args)

export const runEmpty: JobDefinition<NothingArgs, NothingArgs> =
  /* @__PURE__ */ defineJob('run_empty')

export const trackRunEmpty = (client: Client, args: NothingArgs): JobHandle<NothingArgs> =>
  client.start(runEmpty, args)

export const runFilter: JobDefinition<{ filter: Filter }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_filter'),
  runFilterCodec,
)

export const trackRunFilter = (client: Client, args: { filter: Filter }): JobHandle<unknown> =>
  client.start(runFilter, args)

export const runFlag: JobDefinition<{ value: boolean }, boolean> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_flag'),
  runFlagCodec,
)

export const trackRunFlag = (client: Client, args: { value: boolean }): JobHandle<boolean> =>
  client.start(runFlag, args)

export const runFloat: JobDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_float'),
  runFloatCodec,
)

export const trackRunFloat = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runFloat, args)

export const runFormat: JobDefinition<{ format: ExportFormat }, ExportFormat> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('run_format'), runFormatCodec)

export const trackRunFormat = (
  client: Client,
  args: { format: ExportFormat },
): JobHandle<ExportFormat> => client.start(runFormat, args)

export const runGuest: JobDefinition<{ guest: Guest }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_guest'),
  runGuestCodec,
)

export const trackRunGuest = (client: Client, args: { guest: Guest }): JobHandle<unknown> =>
  client.start(runGuest, args)

export const runGuests: JobDefinition<{ guests: Guest[] }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_guests'),
  runGuestsCodec,
)

export const trackRunGuests = (client: Client, args: { guests: Guest[] }): JobHandle<unknown> =>
  client.start(runGuests, args)

export const runId: JobDefinition<{ value: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_id'),
  runIdCodec,
)

export const trackRunId = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runId, args)

export const runIds: JobDefinition<{ ids: Ids }, Ids> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_ids'),
  runIdsCodec,
)

export const trackRunIds = (client: Client, args: { ids: Ids }): JobHandle<Ids> =>
  client.start(runIds, args)

export const runInt: JobDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_int'),
  runIntCodec,
)

export const trackRunInt = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runInt, args)

export const runJson: JobDefinition<{ value: unknown }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_json'),
  runJsonCodec,
)

export const trackRunJson = (client: Client, args: { value: unknown }): JobHandle<unknown> =>
  client.start(runJson, args)

export const runLabel: JobDefinition<{ label: Label }, Label> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_label'),
  runLabelCodec,
)

export const trackRunLabel = (client: Client, args: { label: Label }): JobHandle<Label> =>
  client.start(runLabel, args)

export const runLetter: JobDefinition<{ value: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_letter'),
  runLetterCodec,
)

export const trackRunLetter = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runLetter, args)

export const runList: JobDefinition<{ values: string[] }, string[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_list'),
  runListCodec,
)

export const trackRunList = (client: Client, args: { values: string[] }): JobHandle<string[]> =>
  client.start(runList, args)

export const runLong: JobDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_long'),
  runLongCodec,
)

export const trackRunLong = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runLong, args)

export const runMap: JobDefinition<RunMapArgs, Record<string, number>> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_map'),
  runMapCodec,
)

export const trackRunMap = (client: Client, args: RunMapArgs): JobHandle<Record<string, number>> =>
  client.start(runMap, args)

export const runMessage: JobDefinition<{ message: Message }, Message> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_message'),
  runMessageCodec,
)

export const trackRunMessage = (client: Client, args: { message: Message }): JobHandle<Message> =>
  client.start(runMessage, args)

export const runMoment: JobDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_moment'),
  runMomentCodec,
)

export const trackRunMoment = (client: Client, args: { at: string }): JobHandle<string> =>
  client.start(runMoment, args)

export const runNamedArgs: JobDefinition<{ args: string[] }, string[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_named_args'),
  runNamedArgsCodec,
)

export const trackRunNamedArgs = (client: Client, args: { args: string[] }): JobHandle<string[]> =>
  client.start(runNamedArgs, args)

export const runNamedInput: JobDefinition<{ input: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_named_input'),
  runNamedInputCodec,
)

export const trackRunNamedInput = (client: Client, args: { input: string }): JobHandle<string> =>
  client.start(runNamedInput, args)

export const runPage: JobDefinition<
  { page: Page<Person> },
  Page<Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('run_page'), runPageCodec)

export const trackRunPage = (
  client: Client,
  args: { page: Page<Person> },
): JobHandle<Page<Person>> => client.start(runPage, args)

export const runPair: JobDefinition<{ pair: [string, number] }, [string, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('run_pair'), runPairCodec)

export const trackRunPair = (
  client: Client,
  args: { pair: [string, number] },
): JobHandle<[string, number]> => client.start(runPair, args)

export const runPeople: JobDefinition<{ people: Person[] }, Person[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_people'),
  runPeopleCodec,
)

export const trackRunPeople = (client: Client, args: { people: Person[] }): JobHandle<Person[]> =>
  client.start(runPeople, args)

export const runPerson: JobDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_person'),
  runPersonCodec,
)

export const trackRunPerson = (client: Client, args: { person: Person }): JobHandle<Person> =>
  client.start(runPerson, args)

export const runPersonInput: JobDefinition<{ input: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_person_input'),
  runPersonInputCodec,
)

export const trackRunPersonInput = (client: Client, args: { input: Person }): JobHandle<Person> =>
  client.start(runPersonInput, args)

export const runPet: JobDefinition<{ pet: Pet }, Pet> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_pet'),
  runPetCodec,
)

export const trackRunPet = (client: Client, args: { pet: Pet }): JobHandle<Pet> =>
  client.start(runPet, args)

export const runPrompt: JobDefinition<{ prompt: Prompt }, Prompt> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_prompt'),
  runPromptCodec,
)

export const trackRunPrompt = (client: Client, args: { prompt: Prompt }): JobHandle<Prompt> =>
  client.start(runPrompt, args)

export const runRename: JobDefinition<RenameInput, RenameInput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_rename'),
  runRenameCodec,
)

export const trackRunRename = (client: Client, args: RenameInput): JobHandle<RenameInput> =>
  client.start(runRename, args)

export const runRenameRequest: JobDefinition<RenameInput, RenameInput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_rename_request'),
  runRenameRequestCodec,
)

export const trackRunRenameRequest = (client: Client, args: RenameInput): JobHandle<RenameInput> =>
  client.start(runRenameRequest, args)

export const runScores: JobDefinition<{ scores: Scores }, Scores> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_scores'),
  runScoresCodec,
)

export const trackRunScores = (client: Client, args: { scores: Scores }): JobHandle<Scores> =>
  client.start(runScores, args)

export const runSearch: JobDefinition<SearchArgs, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_search'),
  runSearchCodec,
)

export const trackRunSearch = (client: Client, args: SearchArgs): JobHandle<unknown> =>
  client.start(runSearch, args)

export const runSet: JobDefinition<{ values: string[] }, string[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_set'),
  runSetCodec,
)

export const trackRunSet = (client: Client, args: { values: string[] }): JobHandle<string[]> =>
  client.start(runSet, args)

export const runShape: JobDefinition<{ shape: Shape }, Shape> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_shape'),
  runShapeCodec,
)

export const trackRunShape = (client: Client, args: { shape: Shape }): JobHandle<Shape> =>
  client.start(runShape, args)

export const runSingle: JobDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_single'),
  runSingleCodec,
)

export const trackRunSingle = (client: Client, args: { value: number }): JobHandle<number> =>
  client.start(runSingle, args)

export const runSorted: JobDefinition<{ values: number[] }, number[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_sorted'),
  runSortedCodec,
)

export const trackRunSorted = (client: Client, args: { values: number[] }): JobHandle<number[]> =>
  client.start(runSorted, args)

export const runSource: JobDefinition<{ source: Source }, Source> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_source'),
  runSourceCodec,
)

export const trackRunSource = (client: Client, args: { source: Source }): JobHandle<Source> =>
  client.start(runSource, args)

export const runText: JobDefinition<{ value: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_text'),
  runTextCodec,
)

export const trackRunText = (client: Client, args: { value: string }): JobHandle<string> =>
  client.start(runText, args)

export const runTimestamp: JobDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('run_timestamp'),
  runTimestampCodec,
)

export const trackRunTimestamp = (client: Client, args: { at: string }): JobHandle<string> =>
  client.start(runTimestamp, args)

export const runTree: JobDefinition<
  RunTreeArgs,
  Record<string, Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('run_tree'), runTreeCodec)

export const trackRunTree = (
  client: Client,
  args: RunTreeArgs,
): JobHandle<Record<string, Person>> => client.start(runTree, args)

/** A file is part of what a job is started with. */
export const scanFile: JobDefinition<{ file: File | Blob }, Received> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ withFiles(/* @__PURE__ */ defineJob('scan_file')),
  scanFileCodec,
)

/** A file is part of what a job is started with. */
export const trackScanFile = (client: Client, args: { file: File | Blob }): JobHandle<Received> =>
  client.start(scanFile, args)

/** Gives nothing. */
export const silent: JobDefinition<{ label: string }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('silent'),
  silentCodec,
)

/** Gives nothing. */
export const trackSilent = (client: Client, args: { label: string }): JobHandle<void> =>
  client.start(silent, args)

/** Its second step fails, and the first is undone. */
export const bookTrip: WorkflowDefinition<{ city: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('book_trip'),
  bookTripCodec,
)

/** Its second step fails, and the first is undone. */
export const trackBookTrip = (client: Client, args: { city: string }): WorkflowHandle<string> =>
  client.start(bookTrip, args)

/** Its second step fails. */
export const breakDown: WorkflowDefinition<{ reason: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('break_down'),
  breakDownCodec,
)

/** Its second step fails. */
export const trackBreakDown = (client: Client, args: { reason: string }): WorkflowHandle<string> =>
  client.start(breakDown, args)

export const flowAmount: WorkflowDefinition<{ amount: Amount }, Amount> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_amount'),
  flowAmountCodec,
)

export const trackFlowAmount = (client: Client, args: { amount: Amount }): WorkflowHandle<Amount> =>
  client.start(flowAmount, args)

export const flowArray: WorkflowDefinition<FlowArrayArgs, [number, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_array'), flowArrayCodec)

export const trackFlowArray = (
  client: Client,
  args: FlowArrayArgs,
): WorkflowHandle<[number, number]> => client.start(flowArray, args)

export const flowBoxed: WorkflowDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_boxed'),
  flowBoxedCodec,
)

export const trackFlowBoxed = (client: Client, args: { person: Person }): WorkflowHandle<Person> =>
  client.start(flowBoxed, args)

export const flowCommand: WorkflowDefinition<{ command: Command }, Command> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_command'), flowCommandCodec)

export const trackFlowCommand = (
  client: Client,
  args: { command: Command },
): WorkflowHandle<Command> => client.start(flowCommand, args)

export const flowDay: WorkflowDefinition<{ on: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_day'),
  flowDayCodec,
)

export const trackFlowDay = (client: Client, args: { on: string }): WorkflowHandle<string> =>
  client.start(flowDay, args)

export const flowDraft: WorkflowDefinition<{ draft: Draft }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_draft'),
  flowDraftCodec,
)

export const trackFlowDraft = (client: Client, args: { draft: Draft }): WorkflowHandle<unknown> =>
  client.start(flowDraft, args)

export const flowEmpty: WorkflowDefinition<NothingArgs, NothingArgs> =
  /* @__PURE__ */ defineWorkflow('flow_empty')

export const trackFlowEmpty = (client: Client, args: NothingArgs): WorkflowHandle<NothingArgs> =>
  client.start(flowEmpty, args)

export const flowFilter: WorkflowDefinition<{ filter: Filter }, unknown> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_filter'), flowFilterCodec)

export const trackFlowFilter = (
  client: Client,
  args: { filter: Filter },
): WorkflowHandle<unknown> => client.start(flowFilter, args)

export const flowFlag: WorkflowDefinition<{ value: boolean }, boolean> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_flag'),
  flowFlagCodec,
)

export const trackFlowFlag = (client: Client, args: { value: boolean }): WorkflowHandle<boolean> =>
  client.start(flowFlag, args)

export const flowFloat: WorkflowDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_float'),
  flowFloatCodec,
)

export const trackFlowFloat = (client: Client, args: { value: number }): WorkflowHandle<number> =>
  client.start(flowFloat, args)

export const flowFormat: WorkflowDefinition<{ format: ExportFormat }, ExportFormat> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_format'), flowFormatCodec)

export const trackFlowFormat = (
  client: Client,
  args: { format: ExportFormat },
): WorkflowHandle<ExportFormat> => client.start(flowFormat, args)

export const flowGuest: WorkflowDefinition<{ guest: Guest }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_guest'),
  flowGuestCodec,
)

export const trackFlowGuest = (client: Client, args: { guest: Guest }): WorkflowHandle<unknown> =>
  client.start(flowGuest, args)

export const flowGuests: WorkflowDefinition<{ guests: Guest[] }, unknown> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_guests'), flowGuestsCodec)

export const trackFlowGuests = (
  client: Client,
  args: { guests: Guest[] },
): WorkflowHandle<unknown> => client.start(flowGuests, args)

export const flowId: WorkflowDefinition<{ value: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_id'),
  flowIdCodec,
)

export const trackFlowId = (client: Client, args: { value: string }): WorkflowHandle<string> =>
  client.start(flowId, args)

export const flowIds: WorkflowDefinition<{ ids: Ids }, Ids> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_ids'),
  flowIdsCodec,
)

export const trackFlowIds = (client: Client, args: { ids: Ids }): WorkflowHandle<Ids> =>
  client.start(flowIds, args)

export const flowInt: WorkflowDefinition<{ value: number }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_int'),
  flowIntCodec,
)

export const trackFlowInt = (client: Client, args: { value: number }): WorkflowHandle<number> =>
  client.start(flowInt, args)

export const flowJson: WorkflowDefinition<{ value: unknown }, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_json'),
  flowJsonCodec,
)

export const trackFlowJson = (client: Client, args: { value: unknown }): WorkflowHandle<unknown> =>
  client.start(flowJson, args)

export const flowLabel: WorkflowDefinition<{ label: Label }, Label> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_label'),
  flowLabelCodec,
)

export const trackFlowLabel = (client: Client, args: { label: Label }): WorkflowHandle<Label> =>
  client.start(flowLabel, args)

export const flowList: WorkflowDefinition<{ values: string[] }, string[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_list'), flowListCodec)

export const trackFlowList = (
  client: Client,
  args: { values: string[] },
): WorkflowHandle<string[]> => client.start(flowList, args)

export const flowMap: WorkflowDefinition<
  FlowMapArgs,
  Record<string, number>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_map'), flowMapCodec)

export const trackFlowMap = (
  client: Client,
  args: FlowMapArgs,
): WorkflowHandle<Record<string, number>> => client.start(flowMap, args)

export const flowMessage: WorkflowDefinition<{ message: Message }, Message> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_message'), flowMessageCodec)

export const trackFlowMessage = (
  client: Client,
  args: { message: Message },
): WorkflowHandle<Message> => client.start(flowMessage, args)

export const flowMoment: WorkflowDefinition<{ at: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_moment'),
  flowMomentCodec,
)

export const trackFlowMoment = (client: Client, args: { at: string }): WorkflowHandle<string> =>
  client.start(flowMoment, args)

export const flowNamedArgs: WorkflowDefinition<{ args: string[] }, string[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_named_args'), flowNamedArgsCodec)

export const trackFlowNamedArgs = (
  client: Client,
  args: { args: string[] },
): WorkflowHandle<string[]> => client.start(flowNamedArgs, args)

export const flowNamedInput: WorkflowDefinition<{ input: string }, string> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_named_input'), flowNamedInputCodec)

export const trackFlowNamedInput = (
  client: Client,
  args: { input: string },
): WorkflowHandle<string> => client.start(flowNamedInput, args)

export const flowPage: WorkflowDefinition<
  { page: Page<Person> },
  Page<Person>
> = /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_page'), flowPageCodec)

export const trackFlowPage = (
  client: Client,
  args: { page: Page<Person> },
): WorkflowHandle<Page<Person>> => client.start(flowPage, args)

export const flowPair: WorkflowDefinition<{ pair: [string, number] }, [string, number]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_pair'), flowPairCodec)

export const trackFlowPair = (
  client: Client,
  args: { pair: [string, number] },
): WorkflowHandle<[string, number]> => client.start(flowPair, args)

export const flowPeople: WorkflowDefinition<{ people: Person[] }, Person[]> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineWorkflow('flow_people'), flowPeopleCodec)

export const trackFlowPeople = (
  client: Client,
  args: { people: Person[] },
): WorkflowHandle<Person[]> => client.start(flowPeople, args)

export const flowPerson: WorkflowDefinition<{ person: Person }, Person> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_person'),
  flowPersonCodec,
)

export const trackFlowPerson = (client: Client, args: { person: Person }): WorkflowHandle<Person> =>
  client.start(flowPerson, args)

export const flowPersonInput: WorkflowDefinition<{ input: Person }, Person> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineWorkflow('flow_person_input'),
    flowPersonInputCodec,
  )

export const trackFlowPersonInput = (
  client: Client,
  args: { input: Person },
): WorkflowHandle<Person> => client.start(flowPersonInput, args)

export const flowPet: WorkflowDefinition<{ pet: Pet }, Pet> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_pet'),
  flowPetCodec,
)

export const trackFlowPet = (client: Client, args: { pet: Pet }): WorkflowHandle<Pet> =>
  client.start(flowPet, args)

export const flowPrompt: WorkflowDefinition<{ prompt: Prompt }, Prompt> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_prompt'),
  flowPromptCodec,
)

export const trackFlowPrompt = (client: Client, args: { prompt: Prompt }): WorkflowHandle<Prompt> =>
  client.start(flowPrompt, args)

export const flowRename: WorkflowDefinition<RenameInput, RenameInput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_rename'),
  flowRenameCodec,
)

export const trackFlowRename = (client: Client, args: RenameInput): WorkflowHandle<RenameInput> =>
  client.start(flowRename, args)

export const flowRenameRequest: WorkflowDefinition<RenameInput, RenameInput> =
  /* @__PURE__ */ withCodec(
    /* @__PURE__ */ defineWorkflow('flow_rename_request'),
    flowRenameRequestCodec,
  )

export const trackFlowRenameRequest = (
  client: Client,
  args: RenameInput,
): WorkflowHandle<RenameInput> => client.start(flowRenameRequest, args)

export const flowScores: WorkflowDefinition<{ scores: Scores }, Scores> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_scores'),
  flowScoresCodec,
)

export const trackFlowScores = (client: Client, args: { scores: Scores }): WorkflowHandle<Scores> =>
  client.start(flowScores, args)

export const flowSearch: WorkflowDefinition<SearchArgs, unknown> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_search'),
  flowSearchCodec,
)

export const trackFlowSearch = (client: Client, args: SearchArgs): WorkflowHandle<unknown> =>
  client.start(flowSearch, args)

export const flowShape: WorkflowDefinition<{ shape: Shape }, Shape> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_shape'),
  flowShapeCodec,
)

export const trackFlowShape = (client: Client, args: { shape: Shape }): WorkflowHandle<Shape> =>
  client.start(flowShape, args)

export const flowSource: WorkflowDefinition<{ source: Source }, Source> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_source'),
  flowSourceCodec,
)

export const trackFlowSource = (client: Client, args: { source: Source }): WorkflowHandle<Source> =>
  client.start(flowSource, args)

export const flowText: WorkflowDefinition<{ value: string }, string> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('flow_text'),
  flowTextCodec,
)

export const trackFlowText = (client: Client, args: { value: string }): WorkflowHandle<string> =>
  client.start(flowText, args)

/** Two steps, and between them the event that `confirm` brings. */
export const signUp: WorkflowDefinition<SignUpInput, SignUpOutput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('sign_up'),
  signUpCodec,
)

/** Two steps, and between them the event that `confirm` brings. */
export const trackSignUp = (client: Client, args: SignUpInput): WorkflowHandle<SignUpOutput> =>
  client.start(signUp, args)
