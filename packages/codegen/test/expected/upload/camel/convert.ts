// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'

export const uploadFileCodec: Codec<{ file: File | Blob }, string> = {
  toWire: ({ file }) => ({ args: file }),
}
