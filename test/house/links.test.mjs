import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { anchorsIn, brokenLinks } from './links.mjs'

const repository = 'https://github.com/headway-js/headway'
const files = {
  'README.md': '# Headway\n\n## Start a job\n',
  'docs/guide.md': '# Guide\n\n## `run()` & more\n',
  'packages/core/README.md': '# Core\n\n## Install\n',
  docs: '',
}
const brokenIn = (text, path = 'docs/guide.md') =>
  brokenLinks(path, text, { read: (name) => files[name.replace(/\/$/, '')], repository })

const good = {
  'a link to a file': '[x](../README.md)',
  'a link to a folder': '[x](../docs/)',
  'a link to a heading': '[x](../README.md#start-a-job)',
  'a link to a heading of the same file': '[x](#run--more)',
  'a link to a file by its address': `[x](${repository}/blob/main/README.md#start-a-job)`,
  'a link to a folder by its address': `[x](${repository}/tree/main/packages/core#install)`,
  'a link to the repository': `[x](${repository}#start-a-job)`,
  'a link to another site': '[x](https://example.com/README.md#nothing)',
  'a link to another page of the repository': `[x](${repository}/issues)`,
  'code in a fence': '```md\n[x](nowhere.md)\n```',
  'code in a line': 'Write `[x](nowhere.md)`.',
  'a comment': '<!-- [x](nowhere.md) -->',
}
for (const [name, text] of Object.entries(good)) {
  test(`${name} is accepted`, () => deepEqual(brokenIn(text), []))
}

const bad = {
  '[x](nowhere.md)': 'nowhere.md leads to no file',
  '![x](picture.png)': 'picture.png leads to no file',
  '[x]: nowhere.md': 'nowhere.md leads to no file',
  '<img src="picture.png">': 'picture.png leads to no file',
  '[x](../README.md#start)': '../README.md#start leads to no heading',
  '[x](#start)': '#start leads to no heading',
  [`[x](${repository}/blob/main/nowhere.md)`]: `${repository}/blob/main/nowhere.md leads to no file`,
  [`[x](${repository}#start)`]: `${repository}#start leads to no heading`,
}
for (const [text, trouble] of Object.entries(bad)) {
  test(`${text} is found`, () => deepEqual(brokenIn(text), [trouble]))
}

test('headings have the anchors that GitHub gives them', () => {
  const text =
    '# A [link](x.md)\n## Same\n## Same\n## Überblick: 1.5 s\n```\n# code\n```\n<a id="own">'
  deepEqual([...anchorsIn(text)], ['a-link', 'same', 'same-1', 'überblick-15-s', 'own'])
})
