/** The page's only stylesheet; its hash stands in the page's Content-Security-Policy. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--soft:#f5f6f9;--line:#dfe3ea;--text:#1b2130;--dim:#566077;--link:#2b45c0;--ring:#3451d1;--panel:#151a28;--panel-text:#e6eaf5;--panel-dim:#a3adc6;--key:#9dc1ff;--string:#a9e3b0;--number:#f6c177;--get:#1d5fb8;--post:#1a7343;--patch:#8a5300;--put:#8a5300;--delete:#b3261e;--ok:#1a7343}
@media (prefers-color-scheme:dark){:root{--bg:#0f131d;--soft:#171c29;--line:#2a3143;--text:#e4e8f2;--dim:#a0a9be;--link:#9db2ff;--ring:#9db2ff;--panel:#171c29;--panel-text:#e4e8f2;--get:#8ec1ff;--post:#7fd6a0;--patch:#f0bd6b;--put:#f0bd6b;--delete:#ff9d94;--ok:#7fd6a0}}
*{box-sizing:border-box}
html{scroll-padding-top:4.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:2px solid var(--ring);outline-offset:2px;border-radius:4px}
main:focus{outline:none}
code,pre,.verb,.status{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
code{font-size:.88em;background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:.05em .3em;overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem;top:0;z-index:3;background:var(--bg);padding:.75rem 1rem}
.skip:focus{left:.5rem;top:.5rem}
.bar{position:sticky;top:0;z-index:2;display:flex;align-items:center;justify-content:space-between;gap:1rem;height:3.5rem;padding:0 1.25rem;background:var(--bg);border-bottom:1px solid var(--line)}
.brand{color:inherit;text-decoration:none;font-weight:650;letter-spacing:-.01em}
.brand span{color:var(--dim);font-weight:400;margin-left:.35rem}
.to-contents{padding:.5rem 0}
.side{display:none}
main{min-width:0;max-width:76rem;padding:1.25rem 1.25rem 5rem}
nav ul{list-style:none;margin:0;padding:0}
nav li a,nav .group a{display:flex;gap:.5rem;align-items:baseline;padding:.3rem .5rem;border-radius:6px;color:inherit;text-decoration:none;line-height:1.4}
nav li a:hover,nav .group a:hover{background:var(--soft)}
nav .group{margin:1rem 0 .15rem;font-weight:650}
nav .verb{flex:none;width:3.4rem;text-align:left;padding:0;border:0;background:none}
.verb{font-size:.72rem;font-weight:700;text-transform:uppercase;letter-spacing:.03em}
.verb.get{color:var(--get)}.verb.post{color:var(--post)}.verb.patch{color:var(--patch)}.verb.put{color:var(--put)}.verb.delete{color:var(--delete)}
details.menu{border:1px solid var(--line);border-radius:8px;margin-bottom:1.5rem;padding:0 .75rem}
details.menu[open]{padding-bottom:.75rem}
summary{cursor:pointer;padding:.5rem 0;color:var(--link)}
details.menu summary{color:var(--text);font-weight:600;padding:.7rem 0}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.02em;margin:.25rem 0 .75rem}
h2{font-size:1.4rem;line-height:1.3;letter-spacing:-.015em;margin:0 0 .75rem}
h3{font-size:1.1rem;line-height:1.4;margin:0 0 .4rem}
h4{font-size:.95rem;margin:1.5rem 0 .35rem}
p{margin:.5rem 0}
.lead{color:var(--dim);max-width:46rem;font-size:1.05rem}
section{max-width:100%;margin-bottom:3rem}
section>p{max-width:46rem}
.tag{border-top:1px solid var(--line);padding-top:2.25rem;margin-top:3rem}
.facts{margin:1rem 0;display:grid;gap:.6rem}
.facts div{display:grid;gap:.1rem}
.facts dt{color:var(--dim)}
.facts dd{margin:0;overflow-wrap:anywhere}
article{padding:1.75rem 0;border-top:1px solid var(--line);display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.tag>article:first-of-type{border-top:0;padding-top:.75rem}
article:target h3{color:var(--link)}
.anchor{color:var(--dim);text-decoration:none;font-weight:400;padding:0 .35rem}
.anchor:hover{color:var(--link)}
.address{display:flex;gap:.6rem;align-items:baseline;margin:.25rem 0 .75rem}
.address code{background:none;border:0;padding:0;font-size:.95rem}
.auth{color:var(--dim);font-size:.92rem}
.fields{margin:.25rem 0 0}
.fields div{padding:.55rem 0;border-top:1px solid var(--line)}
.fields div:first-child{border-top:0}
.fields dt{overflow-wrap:anywhere}
.fields dt code{background:none;border:0;padding:0;font-weight:600}
.fields dd{margin:.1rem 0 0;color:var(--dim);font-size:.94rem}
.fields dd:empty{display:none}
.fields .variant dt{font-weight:650}
.type,.mark{color:var(--dim);font-size:.88rem;margin-left:.25rem}
.mark.needed{color:var(--delete)}
.status{font-size:.85rem;font-weight:650;color:var(--delete)}
.status.ok{color:var(--ok)}
.failures{list-style:none;margin:.25rem 0 0;padding:0}
.failures li{display:flex;gap:.75rem;align-items:baseline;padding:.2rem 0}
.failures li>span:last-child{display:flex;flex-wrap:wrap;gap:.3rem}
figure{margin:0 0 1rem}
figcaption{font-size:.85rem;color:var(--dim);margin-bottom:.35rem}
pre{margin:0;background:var(--panel);color:var(--panel-text);border:1px solid transparent;border-radius:8px;padding:.9rem 1rem;max-height:30rem;overflow:auto;font-size:.82rem;line-height:1.55;white-space:pre-wrap;word-break:break-all;tab-size:2}
pre code{background:none;border:0;padding:0;font-size:inherit;color:inherit}
pre .k{color:var(--key)}pre .s{color:var(--string)}pre .n{color:var(--number)}
.intro pre,section>pre,section>figure{max-width:46rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.94rem}
th,td{text-align:left;padding:.4rem 1.25rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
@media (prefers-color-scheme:dark){pre{border-color:var(--line)}}
@media (min-width:40rem){.facts div{grid-template-columns:10rem minmax(0,1fr)}main{padding:2rem 2rem 6rem}}
@media (min-width:64rem){.frame{display:grid;grid-template-columns:17rem minmax(0,1fr)}.side{display:block;position:sticky;top:3.5rem;align-self:start;height:calc(100vh - 3.5rem);overflow-y:auto;padding:1.25rem .75rem 3rem .75rem;border-right:1px solid var(--line);font-size:.9rem}.menu,.to-contents{display:none}main{padding:2.25rem 2.5rem 6rem}}
@media (min-width:76rem){article{grid-template-columns:minmax(0,1fr) minmax(0,29rem);gap:2.5rem}.shown{position:sticky;top:4.5rem;align-self:start}.shown pre{max-height:calc(50vh - 4rem)}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{.bar,.side,.menu,.skip{display:none}pre{max-height:none}}
`;
