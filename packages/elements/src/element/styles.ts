const sheets: Record<string, CSSStyleSheet> = {}

/** A shadow root with these styles, which all elements of a page share. No policy forbids them. */
export function attachStyled(host: HTMLElement, css: string): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' })
  sheets[css] ??= toSheet(css)
  root.adoptedStyleSheets = [sheets[css]]
  return root
}

function toSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}

/** Styles of every element. Text has the colours of the page, so its contrast is the page's. */
export const sharedCss: string = `:host{display:block;overflow-wrap:anywhere}
:host([hidden]),ol:empty,[part=label]:empty,[part=notice]:empty{display:none}
[part=line]{display:flex;flex-wrap:wrap;gap:0 .75em}
[part=number]{margin-inline-start:auto}
[part=notice]{border-inline-start:.2em solid var(--headway-warning,#b26a00);padding-inline-start:.5em}
[part=announcer]{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
`

/** Styles of a progress bar. */
export const barCss: string = `[part=bar]{block-size:.5em;border-radius:1em;background:var(--headway-track,#8884);overflow:hidden}
[part=fill]{block-size:100%;background:var(--headway-accent,#2f6fde)}
[data-look=failed]>*,[data-look=missing]>*{background:var(--headway-danger,#d93025)}
[data-look=doubt]>*{background:var(--headway-warning,#b26a00)}
[part=bar]:not([aria-valuenow])>*{opacity:.5}
@media (prefers-reduced-motion:no-preference){[part=fill]{transition:inline-size .2s}[part=bar]:not([aria-valuenow])>*{opacity:1;position:relative;inline-size:40%;animation:slide 2s infinite}}
@keyframes slide{from{inset-inline-start:-40%}to{inset-inline-start:100%}}
@media (forced-colors:active){[part=bar]{outline:1px solid}[part=fill]{forced-color-adjust:none;background:Highlight}}
`

/** Styles of buttons. Large enough for a finger [WCAG 2.5.8]. */
export const buttonCss: string = `button,a{font:inherit;color:inherit;background:none;border:1px solid var(--headway-border,#8888);border-radius:.4em;padding:.15em .6em;min-block-size:24px;box-sizing:border-box;cursor:pointer;text-decoration:none}
:focus-visible{outline:2px solid var(--headway-accent,#2f6fde);outline-offset:2px}
[aria-disabled=true]{opacity:.6;cursor:default}
[hidden]{display:none!important}
`
