// Made by headway generate. Changes are lost the next time it runs.
import { call } from '@headway/svelte'
import { uploadFileCodec } from './convert'
import type { AvatarInput } from './types'

export const uploadAvatar = (args: AvatarInput): Promise<string> =>
  call<AvatarInput, string>('upload_avatar', args)

export const uploadFile = (args: { file: File | Blob }): Promise<string> =>
  call<{ file: File | Blob }, string>('upload_file', args, uploadFileCodec)
