// The shape of the site. Pages are the Markdown of docs, as GitHub shows it, with one URL each:
//
//   docs/*.md                 guides, by task                    → /react.html …
//   docs/errors/…             a page for each code and class     → /errors/UNAUTHORIZED.html …
//   docs/generated/api/…      TypeDoc, from the sources          → /api/@headway/core.html …
//   docs/generated/*.md       README.md, PROTOCOL.md …           → /overview.html, /protocol.html …
//
// write-pages.mjs writes docs/generated before VitePress starts. repository-links.mjs turns links
// to files into links to pages; one that leads to no page fails the build.
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { frameworkTabs } from './framework-tabs.mjs'
import { namedHeaders } from './named-headers.mjs'
import { anchorOf } from './pages.mjs'
import { repositoryLinks } from './repository-links.mjs'
import { sidebar } from './sidebar.ts'
import { writeLlms } from './write-llms.mjs'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const repository: string = manifest.homepage.replace(/#.*$/, '')

/** Tabs need JavaScript: without it, all their blocks are shown. */
const withoutScript =
  '.vp-code-group .tabs{display:none}.vp-code-group .blocks>div{display:block!important}'

export default defineConfig({
  title: 'Headway',
  description: manifest.description,
  lang: 'en',
  // Of a site in a folder, such as /headway/.
  base: process.env.DOCS_BASE ?? '/',
  head: [['noscript', {}, `<style>${withoutScript}</style>`]],
  rewrites: (page) => page.replace(/^generated\//, ''),
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: anchorOf },
    config: (markdown) => {
      markdown.use(repositoryLinks(repository)).use(frameworkTabs).use(namedHeaders)
    },
  },
  buildEnd({ srcDir, outDir, pages, rewrites, site }) {
    const { title, description, base } = site
    writeLlms({ srcDir, outDir, pages, rewrites, title, description, sidebar, base })
  },
  themeConfig: {
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        // The reference and the changelog would make the index ten times as large.
        _render(source, env, markdown) {
          const html = markdown.render(source, env)
          return /^(api\/|changelog)/.test(env.relativePath) ? '' : html
        },
      },
    },
    socialLinks: [{ icon: 'github', link: repository }],
    externalLinkIcon: true,
  },
  vite: {
    resolve: { conditions: ['headway-source'] },
    ssr: { resolve: { conditions: ['headway-source'] }, noExternal: [/^@headway\//] },
    build: { chunkSizeWarningLimit: 1_000 },
  },
})
