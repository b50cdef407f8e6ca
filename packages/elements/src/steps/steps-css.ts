/** Styles of the steps of a workflow. */
export const stepsCss: string = `ol{list-style:none;margin:0;padding:0}
li{display:flex;flex-wrap:wrap;gap:0 .5em;align-items:center}
[part=marker]{inline-size:.5em;block-size:.5em;border-radius:1em;border:.15em solid var(--headway-track,#8888)}
[aria-current] [part=marker]{border-color:var(--headway-accent,#2f6fde)}
[part~=step-completed] [part=marker]{background:var(--headway-accent,#2f6fde)}
[part~=step-failed] [part=marker]{background:var(--headway-danger,#d93025)}
[part=name]::first-letter{text-transform:uppercase}
[aria-current] [part=name]{font-weight:600}
[part=error]{flex-basis:100%;padding-inline-start:1.3em}
`
