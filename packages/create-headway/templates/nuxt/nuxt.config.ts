export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  devtools: { enabled: false },
  app: { head: { title: 'Headway', htmlAttrs: { lang: 'en' } } },
})
