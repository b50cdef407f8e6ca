/** Styles of the tray: in a corner of the page, over it. */
export const trayCss: string = `:host{display:flex;flex-direction:column-reverse;align-items:flex-end;position:fixed;inset-block-end:1em;inset-inline-end:1em;z-index:10;max-inline-size:calc(100vw - 2em)}
[part~=toggle],[part=panel]{background:var(--headway-surface,Canvas);color:var(--headway-text,CanvasText)}
[part~=toggle]{display:flex;gap:.5em;border-radius:1.5em;padding:.4em 1em}
[part=panel]{inline-size:24em;max-inline-size:100%;border:1px solid var(--headway-border,#8888);border-radius:.6em;margin-block-end:.5em;box-sizing:border-box;padding:.75em}
[part=list]{list-style:none;margin:0;padding:2px;max-block-size:60vh;overflow:auto}
[part=row]{padding-block:.6em}
[part=row]+[part=row]{border-block-start:1px solid var(--headway-border,#8888)}
[part=title]{font-weight:600;flex-basis:100%}
[part=title]::first-letter{text-transform:uppercase}
[part=count]{min-inline-size:1.6em;text-align:center;border-radius:1em;border:1px solid currentColor}
[part=actions]{display:flex;flex-wrap:wrap;gap:.5em;margin-block-start:.4em}
[part=error]:empty,[part=empty]:empty,[part=count]:empty{display:none}
[part=tools]{display:flex;gap:.5em}
`
