/** Styles of the state of the connection. */
export const connectionCss: string = `[part=line]{align-items:center}
[part=dot]{inline-size:.6em;block-size:.6em;border-radius:50%;background:var(--headway-track,#888)}
:host([data-status=open]) [part=dot]{background:var(--headway-success,#1e8e3e)}
:host([data-status=lost]) [part=dot]{background:var(--headway-warning,#b26a00)}
:host([data-status=closed]) [part=dot]{background:var(--headway-danger,#d93025)}
@media (forced-colors:active){[part=dot]{border:1px solid;background:none!important}}
`
