/** Styles of the steps of a workflow. */
export const stepsCss: string = `ol{list-style:none;margin:0;padding:0}
li{display:flex;flex-wrap:wrap;gap:0 .5em}
[part=marker]{inline-size:1.2em;text-align:center}
[part=name]{display:inline-block}
[part=name]::first-letter{text-transform:uppercase}
[aria-current] [part=name]{font-weight:600}
[part=error]{flex-basis:100%;padding-inline-start:1.7em}
`
