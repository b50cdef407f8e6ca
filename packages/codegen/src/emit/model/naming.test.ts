import { describe, expect, it } from 'vitest'
import { isIdentifier } from '../print/literals.ts'
import { toCamelCase, toPascalCase, toTypeName, toVariable } from './naming.ts'

describe('camelCase', () => {
  it.each([
    ['user_id', 'userId'],
    ['id', 'id'],
    ['userId', 'userId'],
    ['userID', 'userID'],
    ['UserId', 'userId'],
    ['USER_ID', 'userId'],
    ['user-id', 'userId'],
    ['User-Id', 'userId'],
    ['ID', 'id'],
    ['URLPath', 'urlPath'],
    ['URL_path', 'urlPath'],
    ['a_b_c', 'aBC'],
    ['line_2', 'line2'],
    ['is_2fa_on', 'is2faOn'],
    ['_id', '_id'],
    ['_user_id', '_userId'],
    ['__typename', '__typename'],
    ['user__id', 'userId'],
    ['type_', 'type'],
  ])('of %s is %s', (name, camel) => {
    expect(toCamelCase(name)).toBe(camel)
    expect(toCamelCase(camel)).toBe(camel)
  })

  it.each(['$ref', 'a.b', 'with space', 'größe', '', '_', '1st', '@type'])(
    'leaves what is no words as it is: %s',
    (name) => {
      expect(toCamelCase(name)).toBe(name)
    },
  )
})

it('a type begins with a capital', () => {
  expect(toPascalCase('export_users')).toBe('ExportUsers')
})

it('a variable is not called as a keyword, or as a parameter of generated functions', () => {
  expect(['delete', 'new', 'args', 'deleted'].map(toVariable)).toEqual([
    'delete_',
    'new_',
    'args_',
    'deleted',
  ])
})

it('a type hides none that generated code needs', () => {
  expect(['Record', 'File', 'User'].map(toTypeName)).toEqual(['Record_', 'File_', 'User'])
})

it('some members need quotes', () => {
  expect(['userId', '$ref', 'größe', 'delete'].every(isIdentifier)).toBe(true)
  expect(['user-id', '1st', '', 'a b'].some(isIdentifier)).toBe(false)
})
