import { defineConfig } from 'tsup'
import { library } from '../../tsup.base.ts'

// Rollup, which shakes trees for tsup, drops the `'use client'` that src/index.ts begins with.
export default defineConfig(library(['src/index.ts'], { treeshake: false }))
