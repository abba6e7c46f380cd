/** Colors by name. Text has a contrast of at least 4.5 with its ground (WCAG 1.4.3); a test checks it. */
export const lightColors = {
  ground: "#f5f6f8",
  surface: "#ffffff",
  inset: "#f1f3f6",
  line: "#d9dde3",
  text: "#1b2027",
  faint: "#59626f",
  link: "#0b57b0",
  bad: "#b3261e",
  "bad-ground": "#fdeeec",
  good: "#17693a",
  "good-ground": "#e8f5ec",
  caution: "#855300",
  "caution-ground": "#fdf3dc",
  mark: "#ffe08a",
} as const;

/** @internal for its tests */
export const darkColors = {
  ground: "#0f1318",
  surface: "#171c23",
  inset: "#1f252e",
  line: "#313a46",
  text: "#e5e9ef",
  faint: "#a0abb9",
  link: "#8ab8ff",
  bad: "#ff938a",
  "bad-ground": "#3a1f1f",
  good: "#6fd193",
  "good-ground": "#17301f",
  caution: "#f2bd52",
  "caution-ground": "#352a12",
  mark: "#6b5312",
} as const satisfies Record<keyof typeof lightColors, string>;

function variables(colors: Readonly<Record<string, string>>): string {
  return Object.entries(colors)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}

export const pageStyle = `
:root{color-scheme:light dark;${variables(lightColors)}}
@media (prefers-color-scheme:dark){:root{${variables(darkColors)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:5rem}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.25rem}
h1,h2,h3,h4,p,ul,dl,dd{margin:0}
ul{padding:0;list-style:none}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;font-weight:650}
h2{font-size:1.05rem;font-weight:650;margin:2.5rem 0 .75rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.88em}
code{overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
mark{background:var(--mark);color:inherit;border-radius:2px}
button,input,select{font:inherit;color:inherit}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
[hidden]{display:none!important}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.caution{color:var(--caution)}.faint,.from,.none,.counts,.legend{color:var(--faint)}
.state{font-weight:650;margin-bottom:.35rem}
.failure{margin-top:.5rem;color:var(--faint);max-width:60rem}
.bar{display:block;margin:1.4rem 0 .7rem;border-radius:3px;overflow:hidden}
.bar .good{fill:var(--good)}.bar .bad{fill:var(--bad)}.bar .caution{fill:var(--caution)}
.tally{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem}
.tally b{font-size:1.15rem;font-weight:650;font-variant-numeric:tabular-nums}
.context{display:flex;flex-wrap:wrap;gap:.75rem 3rem;margin-top:1.25rem}
.context dt{color:var(--faint);font-size:.85rem}
.filter{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-top:1.75rem;padding:.75rem 1rem;background:var(--surface);border:1px solid var(--line);border-radius:8px}
.filter label{display:grid;gap:.15rem;font-size:.82rem;color:var(--faint)}
.filter .grow{flex:1 1 14rem}
.filter input,.filter select,.filter button{font-size:.95rem;color:var(--text);background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:.35rem .6rem;min-height:2.25rem;max-width:100%}
.filter button,.copy{cursor:pointer}
.filter output{font-size:.9rem;color:var(--faint);align-self:center;font-variant-numeric:tabular-nums}
.scroll{position:relative;overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.5rem .75rem;vertical-align:top}
tbody :is(th,td){border-top:1px solid var(--line)}
.headless tr:first-child>*{border-top:0}
thead th{font-size:.8rem;font-weight:600;color:var(--faint);white-space:nowrap;vertical-align:bottom;background:var(--surface)}
thead th button{all:unset;cursor:pointer;white-space:inherit}
thead th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
thead th button:hover{color:var(--text)}
thead th button::after{content:"";display:inline-block;width:.9em;text-align:right}
[aria-sort=ascending] button::after{content:"↑"}[aria-sort=descending] button::after{content:"↓"}
:is(.matrix,.hosts) tbody tr:hover>*{background:var(--inset)}
:is(.matrix,.hosts) tr>:first-child{position:sticky;left:0;z-index:1;border-right:1px solid var(--line)}
:is(.matrix,.hosts) tbody th{font-weight:550;background:var(--surface);overflow-wrap:anywhere;min-width:10.5rem;max-width:22rem}
@media (scripting:enabled){.matrix:not(.ready) .rest{display:none}}
:is(.matrix,.hosts) :is(th,td){padding:.5rem .6rem}
.hosts td{min-width:9rem}
.matrix td{overflow-wrap:anywhere;min-width:4.5rem;max-width:16rem}
.matrix td.wide{min-width:12.5rem}
.matrix td.causes{min-width:4rem}
.matrix td.causes.reason{min-width:13rem}
.matrix .check,.matrix .is{text-align:center;min-width:0;padding-left:.4rem;padding-right:.4rem}
.matrix thead .check{white-space:normal;max-width:7rem;min-width:3.5rem;line-height:1.25;font-size:.77rem}
.matrix thead .check:not([aria-sort]) button::after{content:none}
.matrix td.is{font-size:0;color:var(--faint)}
.is::before{font-size:.92rem;line-height:1.5;font-weight:650;content:"–";content:"–"/""}
.is.yes::before{color:var(--good);content:"✓";content:"✓"/""}
.is.no::before{color:var(--bad);content:"✗";content:"✗"/""}
.is.warn::before{color:var(--caution);content:"!";content:"!"/""}
.is.note::before{content:"i";content:"i"/""}
.is.open::before{color:var(--caution);content:"?";content:"?"/""}
.is.kept::before{content:"~";content:"~"/""}
.more-rows,.of button{font-size:.85rem;cursor:pointer;background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.2rem .7rem}
.more-rows{margin-top:.6rem}
.of button{margin-left:.6rem}
.remark{margin-top:.75rem;color:var(--faint);max-width:60rem}
.digest{white-space:nowrap}
.badge{display:inline-block;white-space:nowrap;font-size:.85rem;font-weight:600;line-height:1.4;padding:.05rem .55rem;border-radius:1rem}
.badge.good{background:var(--good-ground)}.badge.bad{background:var(--bad-ground)}.badge.caution{background:var(--caution-ground)}.badge.faint{background:var(--inset)}
.legend{font-size:.82rem;margin-top:.5rem}
.plugin{background:var(--surface);border:1px solid var(--line);border-radius:8px;margin-bottom:.75rem}
.many>.plugin{content-visibility:auto;contain-intrinsic-size:auto 3rem}
.plugin>summary:focus-visible{outline-offset:-2px}
.plugin>summary{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem .75rem;padding:.7rem 1rem;cursor:pointer;border-radius:8px}
.plugin>summary::before{content:"▸";color:var(--faint);width:.8em}
.plugin[open]>summary::before{content:"▾"}
.plugin>summary::-webkit-details-marker{display:none}
.plugin h3{font-size:1rem;font-weight:650;overflow-wrap:anywhere}
.body{padding:0 1rem 1rem 2.3rem}
.facts{font-size:.88rem;color:var(--faint)}
.reasons,.loader{margin-top:.8rem}
.reasons li{margin:.15rem 0 0 1.1rem;list-style:disc}
blockquote{margin:.25rem 0 0;padding:.4rem .75rem;border-left:3px solid var(--line);background:var(--inset);border-radius:0 6px 6px 0}
.findings{display:grid;grid-template-columns:minmax(0,1fr);gap:.75rem;margin-top:.9rem}
.finding{background:var(--surface);border:1px solid var(--line);border-left:4px solid currentColor;border-radius:6px;padding:.75rem 1rem}
.finding>*{color:var(--text)}
.cause{margin-bottom:.75rem}
.cause:target{outline:2px solid var(--link)}
.number{min-width:1.6em;font-weight:650;color:var(--faint);font-variant-numeric:tabular-nums}
.of{font-size:.9rem;margin-top:.35rem;overflow-wrap:anywhere}
.of .more{margin-top:.25rem}
.all-fixes{display:flex;flex-wrap:wrap;align-items:baseline;gap:.4rem 1rem;margin-bottom:.75rem}
.all-fixes .more{order:-1;margin:0;flex:0 1 auto;min-width:0;max-width:100%}
.all-fixes .more[open]{flex-basis:100%}
.all-fixes .copy{margin:0}
.all-fixes .command{display:block}
.all-fixes pre{max-height:24rem;overflow:auto}
.finding :is(h3,h4){font-size:.95rem;font-weight:600;display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:baseline}
.about{overflow-wrap:anywhere}
.finding :is(h3,h4) .about,.checks .about{color:var(--faint);font-weight:400;display:inline;margin:0}
.finding p{overflow-wrap:anywhere}
.finding :is(h3,h4)+p{margin-top:.35rem}
.finding :is(h3,h4) a{font-weight:400;font-size:.9rem}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:.5rem;margin-top:.6rem}
.sides>div{background:var(--inset);border-radius:6px;padding:.5rem .75rem}
.sides dt{font-size:.78rem;font-weight:600;color:var(--faint)}
.sides dd>code{display:block;font-size:.95em}
.from{font-size:.82rem;overflow-wrap:anywhere}
.finding b{font-size:.78rem;font-weight:600;color:var(--faint)}
.fix,.why{display:grid;grid-template-columns:3.7rem minmax(0,1fr);align-items:baseline;margin-top:.4rem}
.command{grid-template-columns:3.7rem minmax(0,1fr) auto;align-items:start;margin-top:.5rem}
.command b{padding-top:.4rem}
.command pre{margin:0;white-space:pre-wrap;background:var(--inset);border-radius:6px;padding:.45rem .75rem;min-width:0}
.copy{margin-left:.6rem;font-size:.85rem;background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.3rem .7rem;min-width:4.6rem}
.copy:hover,.filter button:hover,.more-rows:hover,.of button:hover{border-color:var(--faint)}
.more{margin-top:.9rem}
.more>summary{cursor:pointer;color:var(--faint);font-size:.9rem}
.more .scroll,.finding .scroll{margin-top:.5rem}
.finding .more{margin-top:.5rem}
.checks th{font-weight:550}
.checks td{overflow-wrap:anywhere;min-width:6rem}
.checks td>code{display:block}
.members li+li{margin-top:.15rem}
footer{padding:2.5rem 1.5rem 3rem;color:var(--faint);font-size:.85rem}
@media (min-width:75rem) and (min-height:36rem){.filter select{max-width:11rem}.filter{position:sticky;top:.5rem;z-index:2;box-shadow:0 4px 16px rgb(0 0 0/.06)}}
@media (max-width:40rem){header,main,footer{padding-left:1rem;padding-right:1rem}header{padding-top:1.5rem}h1{font-size:1.5rem}.body{padding:0 .75rem .75rem}.finding{padding:.6rem .75rem}.fix,.why{grid-template-columns:minmax(0,1fr)}.command{grid-template-columns:minmax(0,1fr) auto}.command b{grid-column:1/-1;padding:0}.filter label{flex:1 1 8rem}.filter select{width:100%}.matrix tbody th{min-width:8.5rem;max-width:10rem}}
@media print{.filter,.copy,.more-rows,.of button{display:none}.plugin{break-inside:avoid}}
`;
