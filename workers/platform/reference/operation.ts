import { html } from "hono/html";
import { errors, type ErrorCode } from "../../../shared/errors";
import { curlOf } from "./curl";
import {
  jsonSchemaOf,
  type Answer,
  type ApiDocument,
  type Endpoint,
  type Parameter,
} from "./document";
import { exampleOf, fieldsOf, rulesOf, typeOf, type Field, type Schemas } from "./schema";
import { breakable, code, jsonCode, rich, type Html } from "./text";

/** What the page is made of, and where its reader reached the hub. */
export type Page = { document: ApiDocument; origin: string; schemas: Schemas };

/** One operation: what it takes and answers, beside an example of both. */
export function operationArticle(page: Page, endpoint: Endpoint): Html {
  const { id, method, path, operation } = endpoint;
  const answers = Object.entries(operation.responses ?? {});
  const good = answers.filter(([status]) => Number(status) < 400);
  const bad = answers.filter(([status]) => Number(status) >= 400);
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <div class="told">
      <h3 id="${id}-title">
        ${operation.summary ?? path}
        <a class="anchor" href="#${id}" aria-label="Link to “${operation.summary ?? path}”">#</a>
      </h3>
      <p class="address">
        <span class="verb ${method}">${method}</span> <code>${breakable(path)}</code>
      </p>
      ${operation.deprecated === true ? html`<p><strong>Deprecated.</strong></p>` : ""}
      ${operation.description === undefined ? "" : html`<p>${rich(operation.description)}</p>`}
      <p class="auth">${signInOf(page, endpoint)}</p>
      ${parameterList("Path", page, endpoint, "path")}${parameterList("Query", page, endpoint, "query")}${parameterList("Headers", page, endpoint, "header")}
      ${requestBody(page, endpoint)}
      ${good.map(([status, answer]) => goodAnswer(page, status, answer))} ${failureList(bad)}
    </div>
    <div class="shown">
      ${code(curlOf(endpoint, { origin: page.origin, schemas: page.schemas, security: securityOf(page, endpoint) }), `Example request: ${operation.summary ?? path}`, "Request")}
      ${good.map(([status, answer]) => exampleAnswer(page, status, answer))}
    </div>
  </article>`;
}

function securityOf({ document }: Page, { operation }: Endpoint): string | undefined {
  return Object.keys((operation.security ?? document.security ?? [])[0] ?? {})[0];
}

function signInOf(page: Page, endpoint: Endpoint): Html {
  const name = securityOf(page, endpoint);
  if (name === undefined) return html`Answers without signing in.`;
  const description = page.document.components?.securitySchemes?.[name]?.description;
  return html`<a href="#sign-in">Signed in</a> with ${rich(lowerFirst(description ?? name))}.`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z']*\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function parameterList(
  title: string,
  page: Page,
  { operation }: Endpoint,
  where: Parameter["in"],
): Html | "" {
  const found = (operation.parameters ?? []).filter((parameter) => parameter.in === where);
  if (found.length === 0) return "";
  const fields = found.map(({ name, required, description, schema = {} }): Field => ({
    kind: "field",
    path: where === "header" ? headerName(name) : name,
    type: typeOf(schema, page.schemas),
    required: required ?? false,
    description: description ?? "",
    rules: rulesOf(schema),
  }));
  return html`<h4>${title}</h4>
    ${fieldList(fields)}`;
}

/** As people write it: header names do not tell case apart. */
function headerName(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function requestBody(page: Page, { operation }: Endpoint): Html | "" {
  const schema = jsonSchemaOf(operation.requestBody?.content);
  if (!schema) return "";
  return html`<h4>Body</h4>
    ${fieldList(fieldsOf(schema, page.schemas))}`;
}

function goodAnswer(page: Page, status: string, answer: Answer): Html {
  const schema = jsonSchemaOf(answer.content);
  const fields = schema ? fieldsOf(schema, page.schemas) : [];
  const headers = Object.entries(answer.headers ?? {}).map(([name, { description }]): Field => ({
    kind: "field",
    path: headerName(name),
    type: "header",
    required: true,
    description: description ?? "",
    rules: [],
  }));
  const all = [...headers, ...fields];
  return html`<h4>Answer <span class="status ok">${status}</span></h4>
    <p>${rich(answer.description)}.</p>
    ${
      all.length === 0
        ? ""
        : html`<details>
            <summary>Fields of the answer</summary>
            ${fieldList(all, { optionalOnly: true })}
          </details>`
    }`;
}

function failureList(bad: [string, Answer][]): Html | "" {
  if (bad.length === 0) return "";
  const rows = bad.map(([status, { description }]) => {
    const codes = description
      .split(", ")
      .filter((name): name is ErrorCode => Object.hasOwn(errors, name));
    return html`<li>
      <span class="status">${status}</span>
      <span
        >${codes.length === 0 ? rich(description) : codes.map((name) => html`<a href="#error-${name}"><code>${name}</code></a> `)}</span
      >
    </li>`;
  });
  return html`<h4>Errors</h4>
    <ul class="failures">
      ${rows}
    </ul>`;
}

function exampleAnswer(page: Page, status: string, answer: Answer): Html | "" {
  const media = answer.content?.["application/json"];
  if (!media?.schema) return "";
  const value = media.example ?? exampleOf(media.schema, { schemas: page.schemas, sparse: false });
  return code(jsonCode(value), `Example answer, status ${status}`, `Answer ${status}`);
}

function fieldList(fields: Field[], { optionalOnly = false } = {}): Html {
  return html`<dl class="fields">
    ${fields.map((field) => {
      if (field.kind === "variant")
        return html`<div class="variant">
          <dt>${field.title}</dt>
          <dd></dd>
        </div>`;
      const { path, type, required, description, rules } = field;
      const mark = optionalOnly
        ? required
          ? ""
          : html` <span class="mark">may be missing</span>`
        : required
          ? html` <span class="mark needed">required</span>`
          : "";
      const told = [description, ...rules]
        .filter((text) => text !== "")
        .map((text) => text.replace(/\.$/, ""));
      return html`<div>
        <dt><code>${breakable(path)}</code> <span class="type">${type}</span>${mark}</dt>
        <dd>${told.length === 0 ? "" : rich(`${told.join(". ")}.`)}</dd>
      </div>`;
    })}
  </dl>`;
}
