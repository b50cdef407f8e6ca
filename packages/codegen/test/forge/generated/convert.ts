// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type {
  Address,
  Amount,
  AskAllOptionalArgs,
  AskArrayArgs,
  AskInputAndArgsArgs,
  AskMaybeInputArgs,
  AskMaybePersonArgs,
  AskPairArgs,
  AskSearchAndMoreArgs,
  AskThreeArgs,
  AskTreeArgs,
  AskTwoArgs,
  AvatarInput,
  Command,
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
  TellThreeArgs,
  TellTreeArgs,
  TellTwoArgs,
  UploadPassportArgs,
} from './types.js'

export const askAllOptionalCodec: Codec<AskAllOptionalArgs, [string | null, number | null]> = {
  toWire: (args) => ({
    args: {
      ...(args.firstName !== undefined && { first_name: args.firstName }),
      ...(args.age !== undefined && { age: args.age }),
    },
  }),
}

export const askAmountCodec: Codec<{ amount: Amount }, Amount> = {
  toWire: ({ amount }) => amount,
}

export const askArrayCodec: Codec<AskArrayArgs, [number, number]> = {
  toWire: ({ values }) => values,
}

export const askBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const askCommandCodec: Codec<{ command: Command }, Command> = {
  toWire: ({ command }) => ({ args: command }),
}

export const askDayCodec: Codec<{ on: string }, string> = {
  toWire: ({ on }) => on,
}

export const askDraftCodec: Codec<{ draft: Draft }, unknown> = {
  toWire: ({ draft }) => ({ args: draft }),
}

export const askEmptyCodec: Codec<NothingArgs, NothingArgs> = {
  toWire: (args) => ({ args }),
}

export const askFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: ({ filter }) => ({ args: filterToWire(filter) }),
}

export const askFormatCodec: Codec<{ format: ExportFormat }, ExportFormat> = {
  toWire: ({ format }) => format,
}

export const askGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: ({ guest }) => guestToWire(guest),
}

export const askGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const askIdsCodec: Codec<{ ids: Ids }, Ids> = {
  toWire: ({ ids }) => ids,
}

export const askInputAndArgsCodec: Codec<AskInputAndArgsArgs, [string | null, number | null]> = {
  toWire: (args) => ({ args }),
}

export const askJsonCodec: Codec<{ value: unknown }, unknown> = {
  toWire: ({ value }) => ({ args: value }),
}

export const askLabelCodec: Codec<{ label: Label }, Label> = {
  toWire: ({ label }) => label,
}

export const askMaybeCodec: Codec<{ value?: string | null }, string | null> = {
  toWire: (args) => ({ args }),
}

export const askMaybeInputCodec: Codec<AskMaybeInputArgs, number | null> = {
  toWire: (args) => ({ args }),
}

export const askMaybePersonCodec: Codec<AskMaybePersonArgs, Person | null> = {
  toWire: (args) => ({
    args: {
      ...(args.person !== undefined && { person: args.person && personToWire(args.person) }),
    },
  }),
  fromWire: personFromWire,
}

export const askMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: ({ message }) => messageToWire(message),
  fromWire: messageFromWire,
}

export const askMomentCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
}

export const askNamedArgsCodec: Codec<{ args: string[] }, string[]> = {
  toWire: (args) => ({ args }),
}

export const askNamedInputCodec: Codec<{ input: string }, string> = {
  toWire: (args) => ({ args }),
}

export const askPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: ({ page }) => pageToWire(page, personToWire),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const askPairCodec: Codec<AskPairArgs, [string, number]> = {
  toWire: ({ pair }) => pair,
}

export const askPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const askPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const askPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: ({ input }) => personToWire(input),
  fromWire: personFromWire,
}

export const askPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: ({ pet }) => petToWire(pet),
  fromWire: petFromWire,
}

export const askPromptCodec: Codec<{ prompt: Prompt }, Prompt> = {
  toWire: ({ prompt }) => ({ args: prompt }),
}

export const askRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const askRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const askScoresCodec: Codec<{ scores: Scores }, Scores> = {
  toWire: ({ scores }) => ({ args: scores }),
}

export const askSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const askSearchAndMoreCodec: Codec<AskSearchAndMoreArgs, unknown> = {
  toWire: (args) => ({ args: searchArgsToWire(args.args), page_size: args.pageSize }),
}

export const askShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: ({ shape }) => shapeToWire(shape),
  fromWire: shapeFromWire,
}

export const askSourceCodec: Codec<{ source: Source }, Source> = {
  toWire: ({ source }) => ({ args: source }),
}

export const askThreeCodec: Codec<AskThreeArgs, [string, Person, string[]]> = {
  toWire: (args) => ({ id: args.id, person: personToWire(args.person), tags: args.tags }),
  fromWire: (output: [string, PersonWire, string[]]) => [
    output[0],
    personFromWire(output[1]),
    output[2],
  ],
}

export const askTimestampCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
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
    args: {
      ...(args.firstName !== undefined && { first_name: args.firstName }),
      ...(args.age !== undefined && { age: args.age }),
    },
  }),
}

export const tellAmountCodec: Codec<{ amount: Amount }, Amount> = {
  toWire: ({ amount }) => amount,
}

export const tellArrayCodec: Codec<{ values: [number, number] }, [number, number]> = {
  toWire: ({ values }) => values,
}

export const tellBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const tellCommandCodec: Codec<{ command: Command }, Command> = {
  toWire: ({ command }) => ({ args: command }),
}

export const tellDayCodec: Codec<{ on: string }, string> = {
  toWire: ({ on }) => on,
}

export const tellDraftCodec: Codec<{ draft: Draft }, unknown> = {
  toWire: ({ draft }) => ({ args: draft }),
}

export const tellEmptyCodec: Codec<NothingArgs, NothingArgs> = {
  toWire: (args) => ({ args }),
}

export const tellFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: ({ filter }) => ({ args: filterToWire(filter) }),
}

export const tellFormatCodec: Codec<{ format: ExportFormat }, ExportFormat> = {
  toWire: ({ format }) => format,
}

export const tellGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: ({ guest }) => guestToWire(guest),
}

export const tellGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: (args) => ({ guests: args.guests.map(guestToWire) }),
}

export const tellIdsCodec: Codec<{ ids: Ids }, Ids> = {
  toWire: ({ ids }) => ids,
}

export const tellInputAndArgsCodec: Codec<TellInputAndArgsArgs, [string | null, number | null]> = {
  toWire: (args) => ({ args }),
}

export const tellJsonCodec: Codec<{ value: unknown }, unknown> = {
  toWire: ({ value }) => ({ args: value }),
}

export const tellLabelCodec: Codec<{ label: Label }, Label> = {
  toWire: ({ label }) => label,
}

export const tellMaybeCodec: Codec<{ value?: string | null }, string | null> = {
  toWire: (args) => ({ args }),
}

export const tellMaybeInputCodec: Codec<{ input?: number | null }, number | null> = {
  toWire: (args) => ({ args }),
}

export const tellMaybePersonCodec: Codec<{ person?: Person | null }, Person | null> = {
  toWire: (args) => ({
    args: {
      ...(args.person !== undefined && { person: args.person && personToWire(args.person) }),
    },
  }),
  fromWire: personFromWire,
}

export const tellMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: ({ message }) => messageToWire(message),
  fromWire: messageFromWire,
}

export const tellMomentCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
}

export const tellNamedArgsCodec: Codec<{ args: string[] }, string[]> = {
  toWire: (args) => ({ args }),
}

export const tellNamedInputCodec: Codec<{ input: string }, string> = {
  toWire: (args) => ({ args }),
}

export const tellPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: ({ page }) => pageToWire(page, personToWire),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const tellPairCodec: Codec<{ pair: [string, number] }, [string, number]> = {
  toWire: ({ pair }) => pair,
}

export const tellPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: (args) => ({ people: args.people.map(personToWire) }),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const tellPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const tellPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: ({ input }) => personToWire(input),
  fromWire: personFromWire,
}

export const tellPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: ({ pet }) => petToWire(pet),
  fromWire: petFromWire,
}

export const tellPromptCodec: Codec<{ prompt: Prompt }, Prompt> = {
  toWire: ({ prompt }) => ({ args: prompt }),
}

export const tellRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const tellRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const tellScoresCodec: Codec<{ scores: Scores }, Scores> = {
  toWire: ({ scores }) => ({ args: scores }),
}

export const tellSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const tellSearchAndMoreCodec: Codec<{ args: SearchArgs; pageSize: number }, unknown> = {
  toWire: (args) => ({ args: searchArgsToWire(args.args), page_size: args.pageSize }),
}

export const tellShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: ({ shape }) => shapeToWire(shape),
  fromWire: shapeFromWire,
}

export const tellSourceCodec: Codec<{ source: Source }, Source> = {
  toWire: ({ source }) => ({ args: source }),
}

export const tellThreeCodec: Codec<TellThreeArgs, [string, Person, string[]]> = {
  toWire: (args) => ({ id: args.id, person: personToWire(args.person), tags: args.tags }),
  fromWire: (output: [string, PersonWire, string[]]) => [
    output[0],
    personFromWire(output[1]),
    output[2],
  ],
}

export const tellTimestampCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
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
  toWire: ({ file }) => ({ args: file }),
  fromWire: receivedFromWire,
}

export const uploadMaybeCodec: Codec<{ file?: File | Blob | null }, Received | null> = {
  toWire: (args) => ({ file: args.file ?? null }),
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
  toWire: ({ format }) => format,
  fromWire: exportResultFromWire,
}

export const flakyCodec: Codec<{ label: string }, string> = {
  toWire: ({ label }) => label,
}

export const holdSeatCodec: Codec<{ seat: string }, string> = {
  toWire: ({ seat }) => seat,
}

export const hopelessCodec: Codec<{ label: string }, string> = {
  toWire: ({ label }) => label,
}

export const runAdminCodec: Codec<{ task: string }, string> = {
  toWire: ({ task }) => task,
}

export const runAmountCodec: Codec<{ amount: Amount }, Amount> = {
  toWire: ({ amount }) => amount,
}

export const runArrayCodec: Codec<{ values: [number, number] }, [number, number]> = {
  toWire: ({ values }) => values,
}

export const runBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const runCommandCodec: Codec<{ command: Command }, Command> = {
  toWire: ({ command }) => ({ args: command }),
}

export const runDayCodec: Codec<{ on: string }, string> = {
  toWire: ({ on }) => on,
}

export const runDraftCodec: Codec<{ draft: Draft }, unknown> = {
  toWire: ({ draft }) => ({ args: draft }),
}

export const runFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: ({ filter }) => filterToWire(filter),
}

export const runFlagCodec: Codec<{ value: boolean }, boolean> = {
  toWire: ({ value }) => value,
}

export const runFloatCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const runFormatCodec: Codec<{ format: ExportFormat }, ExportFormat> = {
  toWire: ({ format }) => format,
}

export const runGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: ({ guest }) => guestToWire(guest),
}

export const runGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: ({ guests }) => guests.map(guestToWire),
}

export const runIdCodec: Codec<{ value: string }, string> = {
  toWire: ({ value }) => value,
}

export const runIdsCodec: Codec<{ ids: Ids }, Ids> = {
  toWire: ({ ids }) => ids,
}

export const runIntCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const runJsonCodec: Codec<{ value: unknown }, unknown> = {
  toWire: ({ value }) => ({ args: value }),
}

export const runLabelCodec: Codec<{ label: Label }, Label> = {
  toWire: ({ label }) => label,
}

export const runLetterCodec: Codec<{ value: string }, string> = {
  toWire: ({ value }) => value,
}

export const runListCodec: Codec<{ values: string[] }, string[]> = {
  toWire: ({ values }) => values,
}

export const runLongCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const runMapCodec: Codec<RunMapArgs, Record<string, number>> = {
  toWire: ({ values }) => ({ args: values }),
}

export const runMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: ({ message }) => messageToWire(message),
  fromWire: messageFromWire,
}

export const runMomentCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
}

export const runNamedArgsCodec: Codec<{ args: string[] }, string[]> = {
  toWire: ({ args }) => args,
}

export const runNamedInputCodec: Codec<{ input: string }, string> = {
  toWire: ({ input }) => input,
}

export const runPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: ({ page }) => pageToWire(page, personToWire),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const runPairCodec: Codec<{ pair: [string, number] }, [string, number]> = {
  toWire: ({ pair }) => pair,
}

export const runPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: ({ people }) => people.map(personToWire),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const runPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const runPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: ({ input }) => personToWire(input),
  fromWire: personFromWire,
}

export const runPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: ({ pet }) => petToWire(pet),
  fromWire: petFromWire,
}

export const runPromptCodec: Codec<{ prompt: Prompt }, Prompt> = {
  toWire: ({ prompt }) => ({ args: prompt }),
}

export const runRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const runRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const runScoresCodec: Codec<{ scores: Scores }, Scores> = {
  toWire: ({ scores }) => ({ args: scores }),
}

export const runSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const runSetCodec: Codec<{ values: string[] }, string[]> = {
  toWire: ({ values }) => values,
}

export const runShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: ({ shape }) => shapeToWire(shape),
  fromWire: shapeFromWire,
}

export const runSingleCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const runSortedCodec: Codec<{ values: number[] }, number[]> = {
  toWire: ({ values }) => values,
}

export const runSourceCodec: Codec<{ source: Source }, Source> = {
  toWire: ({ source }) => ({ args: source }),
}

export const runTextCodec: Codec<{ value: string }, string> = {
  toWire: ({ value }) => value,
}

export const runTimestampCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
}

export const runTreeCodec: Codec<RunTreeArgs, Record<string, Person>> = {
  toWire: ({ values }) => ({ args: mapValues(values, personToWire) }),
  fromWire: (output: Record<string, PersonWire>) => mapValues(output, personFromWire),
}

export const scanFileCodec: Codec<{ file: File | Blob }, Received> = {
  toWire: ({ file }) => ({ args: file }),
  fromWire: receivedFromWire,
}

export const silentCodec: Codec<{ label: string }, void> = {
  toWire: ({ label }) => label,
}

export const bookTripCodec: Codec<{ city: string }, string> = {
  toWire: ({ city }) => city,
}

export const breakDownCodec: Codec<{ reason: string }, string> = {
  toWire: ({ reason }) => reason,
}

export const flowAmountCodec: Codec<{ amount: Amount }, Amount> = {
  toWire: ({ amount }) => amount,
}

export const flowArrayCodec: Codec<FlowArrayArgs, [number, number]> = {
  toWire: ({ values }) => values,
}

export const flowBoxedCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const flowCommandCodec: Codec<{ command: Command }, Command> = {
  toWire: ({ command }) => ({ args: command }),
}

export const flowDayCodec: Codec<{ on: string }, string> = {
  toWire: ({ on }) => on,
}

export const flowDraftCodec: Codec<{ draft: Draft }, unknown> = {
  toWire: ({ draft }) => ({ args: draft }),
}

export const flowFilterCodec: Codec<{ filter: Filter }, unknown> = {
  toWire: ({ filter }) => filterToWire(filter),
}

export const flowFlagCodec: Codec<{ value: boolean }, boolean> = {
  toWire: ({ value }) => value,
}

export const flowFloatCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const flowFormatCodec: Codec<{ format: ExportFormat }, ExportFormat> = {
  toWire: ({ format }) => format,
}

export const flowGuestCodec: Codec<{ guest: Guest }, unknown> = {
  toWire: ({ guest }) => guestToWire(guest),
}

export const flowGuestsCodec: Codec<{ guests: Guest[] }, unknown> = {
  toWire: ({ guests }) => guests.map(guestToWire),
}

export const flowIdCodec: Codec<{ value: string }, string> = {
  toWire: ({ value }) => value,
}

export const flowIdsCodec: Codec<{ ids: Ids }, Ids> = {
  toWire: ({ ids }) => ids,
}

export const flowIntCodec: Codec<{ value: number }, number> = {
  toWire: ({ value }) => value,
}

export const flowJsonCodec: Codec<{ value: unknown }, unknown> = {
  toWire: ({ value }) => ({ args: value }),
}

export const flowLabelCodec: Codec<{ label: Label }, Label> = {
  toWire: ({ label }) => label,
}

export const flowListCodec: Codec<{ values: string[] }, string[]> = {
  toWire: ({ values }) => values,
}

export const flowMapCodec: Codec<FlowMapArgs, Record<string, number>> = {
  toWire: ({ values }) => ({ args: values }),
}

export const flowMessageCodec: Codec<{ message: Message }, Message> = {
  toWire: ({ message }) => messageToWire(message),
  fromWire: messageFromWire,
}

export const flowMomentCodec: Codec<{ at: string }, string> = {
  toWire: ({ at }) => at,
}

export const flowNamedArgsCodec: Codec<{ args: string[] }, string[]> = {
  toWire: ({ args }) => args,
}

export const flowNamedInputCodec: Codec<{ input: string }, string> = {
  toWire: ({ input }) => input,
}

export const flowPageCodec: Codec<{ page: Page<Person> }, Page<Person>> = {
  toWire: ({ page }) => pageToWire(page, personToWire),
  fromWire: (output: PageWire<PersonWire>) => pageFromWire(output, personFromWire),
}

export const flowPairCodec: Codec<{ pair: [string, number] }, [string, number]> = {
  toWire: ({ pair }) => pair,
}

export const flowPeopleCodec: Codec<{ people: Person[] }, Person[]> = {
  toWire: ({ people }) => people.map(personToWire),
  fromWire: (output: PersonWire[]) => output.map(personFromWire),
}

export const flowPersonCodec: Codec<{ person: Person }, Person> = {
  toWire: ({ person }) => personToWire(person),
  fromWire: personFromWire,
}

export const flowPersonInputCodec: Codec<{ input: Person }, Person> = {
  toWire: ({ input }) => personToWire(input),
  fromWire: personFromWire,
}

export const flowPetCodec: Codec<{ pet: Pet }, Pet> = {
  toWire: ({ pet }) => petToWire(pet),
  fromWire: petFromWire,
}

export const flowPromptCodec: Codec<{ prompt: Prompt }, Prompt> = {
  toWire: ({ prompt }) => ({ args: prompt }),
}

export const flowRenameCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const flowRenameRequestCodec: Codec<RenameInput, RenameInput> = {
  toWire: renameInputToWire,
  fromWire: renameInputFromWire,
}

export const flowScoresCodec: Codec<{ scores: Scores }, Scores> = {
  toWire: ({ scores }) => ({ args: scores }),
}

export const flowSearchCodec: Codec<SearchArgs, unknown> = {
  toWire: searchArgsToWire,
}

export const flowShapeCodec: Codec<{ shape: Shape }, Shape> = {
  toWire: ({ shape }) => shapeToWire(shape),
  fromWire: shapeFromWire,
}

export const flowSourceCodec: Codec<{ source: Source }, Source> = {
  toWire: ({ source }) => ({ args: source }),
}

export const flowTextCodec: Codec<{ value: string }, string> = {
  toWire: ({ value }) => value,
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

/** Converts the values of a map; its keys stay. */
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
