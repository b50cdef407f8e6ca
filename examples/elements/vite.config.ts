import { defineConfig } from 'vite'

export default defineConfig({
  build: {
    target: 'es2022',
    outDir: 'dist/page',
    rollupOptions: { input: ['index.html', 'htmx.html', 'angular.html'] },
    // Angular brings its compiler: this page compiles its template in the browser.
    chunkSizeWarningLimit: 1_000,
  },
  // htmx calls `eval` for attributes that this page does not have.
  logLevel: 'error',
})
