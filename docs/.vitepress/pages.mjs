// Which files of the repository are pages of the site, beside those in docs: pure, data in, data
// out.

/** The pages that the build writes from files outside docs: the page and its file. */
export const outside = {
  'overview.md': 'README.md',
  'protocol.md': 'PROTOCOL.md',
  'architecture.md': 'ARCHITECTURE.md',
  'changelog.md': 'CHANGELOG.md',
  'contributing.md': 'CONTRIBUTING.md',
  'code-of-conduct.md': 'CODE_OF_CONDUCT.md',
  'security-policy.md': 'SECURITY.md',
  'benchmarks.md': 'bench/RESULTS.md',
  'examples.md': 'examples/README.md',
}

/** The file of the repository that a page shows. */
export function fileOf(page) {
  return outside[page] ?? `docs/${page}`
}

/** The page that shows a file, or `undefined`. */
function pageOf(file) {
  if (/^docs\/(?!test\/).+\.md$/.test(file)) return file.slice('docs/'.length)
  return Object.keys(outside).find((page) => outside[page] === file)
}

/**
 * Where a link of a file leads on the site: to the page that shows its target, or to the repository
 * if no page does. Links to other sites and to headings of the same page stay.
 */
export function linkFrom(file, link, repository) {
  if (/^([a-z]+:|#|\/)/.test(link) || link === '') return link
  const [path, heading] = link.split('#')
  const target = new URL(path, `file:///${file}`).pathname.slice(1)
  const page = pageOf(target)
  const hash = heading === undefined ? '' : `#${heading}`
  if (page) return `/${page}${hash}`
  const isFile = /\.\w+$|(^|\/)LICENSE$/.test(target)
  return `${repository}/${isFile ? 'blob' : 'tree'}/main/${target.replace(/\/$/, '')}${hash}`
}

/** The anchor of a heading, as GitHub makes it, so that a link is right on both. */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}
