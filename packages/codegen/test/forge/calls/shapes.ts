import type * as api from '../generated/api.ts'
import type { CallOf } from './calls-of.ts'

const ada = {
  firstName: 'Ada',
  nickName: 'Countess',
  home: { street: 'St James’s Square', numbers: [10, 12] },
}
const bob = { firstName: 'Bob', nickName: null, home: { street: 'Side Street', numbers: [] } }
const id = '0b5a0f0e-8f7c-4f61-9d0a-3f2f5e2f7d11'
const moment = '2026-01-02T03:04:05.678Z'

type Api = typeof api
type Echo<TName extends string> = CallOf<Api[`ask${Capitalize<TName>}` & keyof Api]>[]

/** Of everything that takes one value: queries, mutations, jobs and workflows alike. */
export const shapes = {
  text: [
    { args: { value: 'Grüße' }, output: 'Grüße' },
    { args: { value: '' }, output: '' },
  ] satisfies Echo<'text'>,
  int: [{ args: { value: -7 }, output: -7 }] satisfies Echo<'int'>,
  float: [{ args: { value: 0.1 }, output: 0.1 }] satisfies Echo<'float'>,
  flag: [{ args: { value: false }, output: false }] satisfies Echo<'flag'>,
  id: [{ args: { value: id }, output: id }] satisfies Echo<'id'>,
  moment: [{ args: { at: moment }, output: moment }] satisfies Echo<'moment'>,
  day: [{ args: { on: '2026-02-28' }, output: '2026-02-28' }] satisfies Echo<'day'>,
  list: [
    { args: { values: ['one', ''] }, output: ['one', ''] },
    { args: { values: [] }, output: [] },
  ] satisfies Echo<'list'>,
  map: [
    { args: { values: { 'an-id': 1 } }, output: { 'an-id': 1 } },
    { args: { values: { args: 1 } }, output: { args: 1 } },
    { args: { values: { input: 1 } }, output: { input: 1 } },
    { args: { values: {} }, output: {} },
  ] satisfies Echo<'map'>,
  people: [{ args: { people: [ada, bob] }, output: [ada, bob] }] satisfies Echo<'people'>,
  namedInput: [{ args: { input: 'x' }, output: 'x' }] satisfies Echo<'namedInput'>,
  namedArgs: [{ args: { args: ['x', 'y'] }, output: ['x', 'y'] }] satisfies Echo<'namedArgs'>,
  format: [{ args: { format: 'excel_sheet' }, output: 'excel_sheet' }] satisfies Echo<'format'>,
  shape: [
    { args: { shape: 'Point' }, output: 'Point' },
    { args: { shape: { Circle: 1.5 } }, output: { Circle: 1.5 } },
    { args: { shape: { Line: [1, 2] } }, output: { Line: [1, 2] } },
    { args: { shape: { Label: { fontSize: 12 } } }, output: { Label: { fontSize: 12 } } },
  ] satisfies Echo<'shape'>,
  source: [
    { args: { source: { input: 'x' } }, output: { input: 'x' } },
    { args: { source: { args: ['x'] } }, output: { args: ['x'] } },
    { args: { source: 'stdin' }, output: 'stdin' },
  ] satisfies Echo<'source'>,
  pet: [
    { args: { pet: { kind: 'dog', leashLength: 1.2 } }, output: { kind: 'dog', leashLength: 1.2 } },
    { args: { pet: { kind: 'goldfish' } }, output: { kind: 'goldfish' } },
  ] satisfies Echo<'pet'>,
  message: [
    { args: { message: { type: 'Text', data: 'x' } }, output: { type: 'Text', data: 'x' } },
    {
      args: { message: { type: 'Picture', data: { altText: 'x' } } },
      output: { type: 'Picture', data: { altText: 'x' } },
    },
    { args: { message: { type: 'Empty' } }, output: { type: 'Empty' } },
  ] satisfies Echo<'message'>,
  amount: [
    { args: { amount: 3 }, output: 3 },
    { args: { amount: 'some' }, output: 'some' },
  ] satisfies Echo<'amount'>,
  person: [
    { args: { person: ada }, output: ada },
    { args: { person: bob }, output: bob },
  ] satisfies Echo<'person'>,
  personInput: [{ args: { input: ada }, output: ada }] satisfies Echo<'personInput'>,
  // What may be left out is given back as Rust has it: as JSON, in the names of the wire.
  guest: [
    {
      args: { guest: { firstName: 'Bob' } },
      output: { first_name: 'Bob', nick_name: null, lucky_numbers: [] },
    },
    {
      args: { guest: { firstName: 'Bob', nickName: 'B', luckyNumbers: [7] } },
      output: { first_name: 'Bob', nick_name: 'B', lucky_numbers: [7] },
    },
  ] satisfies Echo<'guest'>,
  guests: [
    {
      args: { guests: [{ firstName: 'Bob', nickName: null }] },
      output: [{ first_name: 'Bob', nick_name: null, lucky_numbers: [] }],
    },
  ] satisfies Echo<'guests'>,
  filter: [
    { args: { filter: {} }, output: { name_part: null, min_age: null } },
    {
      args: { filter: { namePart: 'a', minAge: 3 } },
      output: { name_part: 'a', min_age: 3 },
    },
  ] satisfies Echo<'filter'>,
  empty: [{ args: {}, output: {} }] satisfies Echo<'empty'>,
  search: [
    {
      args: { searchText: 'x' },
      output: { search_text: 'x', limit: null },
    },
  ] satisfies Echo<'search'>,
  rename: [
    { args: { oldName: 'a', newName: 'b' }, output: { oldName: 'a', newName: 'b' } },
  ] satisfies Echo<'rename'>,
  renameRequest: [
    { args: { oldName: 'a', newName: 'b' }, output: { oldName: 'a', newName: 'b' } },
  ] satisfies Echo<'renameRequest'>,
  prompt: [{ args: { prompt: { input: 'x' } }, output: { input: 'x' } }] satisfies Echo<'prompt'>,
  command: [
    { args: { command: { args: ['x'] } }, output: { args: ['x'] } },
  ] satisfies Echo<'command'>,
  draft: [
    { args: { draft: { input: 'x' } }, output: { input: 'x', style: null } },
    { args: { draft: {} }, output: { input: null, style: null } },
    { args: { draft: { input: 'x', style: 'y' } }, output: { input: 'x', style: 'y' } },
  ] satisfies Echo<'draft'>,
  label: [{ args: { label: 'x' }, output: 'x' }] satisfies Echo<'label'>,
  ids: [{ args: { ids: [id] }, output: [id] }] satisfies Echo<'ids'>,
  scores: [
    { args: { scores: { args: 1 } }, output: { args: 1 } },
    { args: { scores: {} }, output: {} },
  ] satisfies Echo<'scores'>,
  json: [
    { args: { value: [1, 'x', null] }, output: [1, 'x', null] },
    { args: { value: {} }, output: {} },
    { args: { value: { args: 1 } }, output: { args: 1 } },
    { args: { value: { input: { args: {} } } }, output: { input: { args: {} } } },
  ] satisfies Echo<'json'>,
  pair: [{ args: { pair: ['x', 1] }, output: ['x', 1] }] satisfies Echo<'pair'>,
  array: [{ args: { values: [1, 2] }, output: [1, 2] }] satisfies Echo<'array'>,
  boxed: [{ args: { person: ada }, output: ada }] satisfies Echo<'boxed'>,
  page: [
    {
      args: { page: { pageItems: [ada], nextCursor: 'c' } },
      output: { pageItems: [ada], nextCursor: 'c' },
    },
  ] satisfies Echo<'page'>,
}

/** Of what workflows are not tried with: it differs from the others by its name alone. */
export const more = {
  long: [{ args: { value: 9007199254740991 }, output: 9007199254740991 }] satisfies Echo<'long'>,
  single: [{ args: { value: 1.5 }, output: 1.5 }] satisfies Echo<'single'>,
  letter: [{ args: { value: 'ß' }, output: 'ß' }] satisfies Echo<'letter'>,
  timestamp: [{ args: { at: moment }, output: moment }] satisfies Echo<'timestamp'>,
  tree: [{ args: { values: { k: ada } }, output: { k: ada } }] satisfies Echo<'tree'>,
  set: [{ args: { values: ['x'] }, output: ['x'] }] satisfies Echo<'set'>,
  sorted: [{ args: { values: [3, 1, 2] }, output: [1, 2, 3] }] satisfies Echo<'sorted'>,
}

/** Of what no job can take: nothing, what may be nothing, and several values. */
export const several = {
  nothing: [{ args: null, output: 'nothing' }] satisfies Echo<'nothing'>,
  maybe: [
    { args: { value: 'x' }, output: 'x' },
    { args: { value: null }, output: null },
    { args: {}, output: null },
  ] satisfies Echo<'maybe'>,
  maybePerson: [
    { args: { person: ada }, output: ada },
    { args: { person: null }, output: null },
    { args: {}, output: null },
  ] satisfies Echo<'maybePerson'>,
  maybeInput: [
    { args: { input: 3 }, output: 3 },
    { args: { input: null }, output: null },
    { args: {}, output: null },
  ] satisfies Echo<'maybeInput'>,
  // A job would be given `{}`.
  json: [...shapes.json, { args: { value: null }, output: null }] satisfies Echo<'json'>,
  two: [
    { args: { firstName: 'Ada', age: 36 }, output: ['Ada', 36] },
    { args: { firstName: 'Ada' }, output: ['Ada', null] },
  ] satisfies Echo<'two'>,
  three: [
    { args: { id, person: bob, tags: ['x'] }, output: [id, bob, ['x']] },
  ] satisfies Echo<'three'>,
  allOptional: [
    { args: {}, output: [null, null] },
    { args: { firstName: 'Ada' }, output: ['Ada', null] },
    { args: { firstName: 'Ada', age: 36 }, output: ['Ada', 36] },
  ] satisfies Echo<'allOptional'>,
  inputAndArgs: [
    { args: { input: 'x' }, output: ['x', null] },
    { args: { args: 3 }, output: [null, 3] },
    { args: { input: 'x', args: 3 }, output: ['x', 3] },
    { args: {}, output: [null, null] },
  ] satisfies Echo<'inputAndArgs'>,
  searchAndMore: [
    {
      args: { args: { searchText: 'x', limit: 1 }, pageSize: 2 },
      output: [{ search_text: 'x', limit: 1 }, 2],
    },
  ] satisfies Echo<'searchAndMore'>,
}
