import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [svelte({ configFile: false }), react(), vue()],
  build: { target: 'es2022' },
  logLevel: 'warn',
})
