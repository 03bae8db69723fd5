/** The API reference as one HTML page: no script, nothing loaded. `html` escapes every text that goes into it. */
import { html, raw } from "hono/html";
import { anchorOf, groupsOf, type ApiDocument, type Group } from "./document";
import { introduction } from "./introduction";
import { operationArticle, type Page } from "./operation";
import { style } from "./style";
import { rich, type Html } from "./text";

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%233451d1'/%3E%3Cpath d='M5.5 3v3m5-3v3M4 6h8v1.5a4 4 0 0 1-8 0zm4 5.5V14' fill='none' stroke='%23fff' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

/** `origin` is where the reader reached the hub: the examples call it there. */
export function renderReference(document: ApiDocument, origin: string): Html {
  const groups = groupsOf(document);
  const page: Page = { document, origin, schemas: document.components?.schemas ?? {} };
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title} API reference</title>
        <meta
          name="description"
          content="Every address of the ${document.info.title} API: parameters, bodies, answers, errors and examples."
        />
        <link rel="icon" href="${raw(icon)}" />
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
          <a class="brand" href="#top"
            >${document.info.title} <span>API ${document.info.version}</span></a
          ><a class="to-contents" href="#contents">Contents</a>
        </header>
        <div class="frame" id="top">
          <nav class="side" aria-label="Contents">${contents(groups)}</nav>
          <main id="content" tabindex="-1">
            <details class="menu" id="contents">
              <summary>Contents</summary>
              <nav aria-label="Contents">${contents(groups)}</nav>
            </details>
            ${introduction(document, origin)} ${groups.map((group) => groupSection(page, group))}
          </main>
        </div>
      </body>
    </html>`;
}

function contents(groups: Group[]): Html {
  return html`<ul>
      <li><a href="#sign-in">Sign in</a></li>
      <li><a href="#conventions">Conventions</a></li>
      <li><a href="#errors">Errors</a></li>
    </ul>
    ${groups.map(
      ({ name, endpoints }) =>
        html`<p class="group"><a href="#${anchorOf(name)}">${name}</a></p>
          <ul>
            ${endpoints.map(
              ({ id, method, operation, path }) =>
                html`<li>
                  <a href="#${id}"
                    ><span class="verb ${method}">${method}</span>
                    <span>${operation.summary ?? path}</span></a
                  >
                </li>`,
            )}
          </ul>`,
    )}`;
}

function groupSection(page: Page, { name, description, endpoints }: Group): Html {
  const id = anchorOf(name);
  return html`<section id="${id}" aria-labelledby="${id}-title" class="tag">
    <h2 id="${id}-title">${name}</h2>
    ${description === undefined ? "" : html`<p>${rich(description)}</p>`}
    ${endpoints.map((endpoint) => operationArticle(page, endpoint))}
  </section>`;
}
