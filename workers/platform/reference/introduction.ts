import { html } from "hono/html";
import { errors } from "../../../shared/errors";
import type { ApiDocument } from "./document";
import { code, jsonCode, rich, type Html } from "./text";

/** What holds for every operation. */
export function introduction({ info }: ApiDocument, origin: string): Html {
  return html`<section class="intro">
      <h1>${info.title} API</h1>
      <p class="lead">${rich(info.description ?? "")}</p>
      <dl class="facts">
        <div>
          <dt>Address</dt>
          <dd><code>${origin}</code></dd>
        </div>
        <div>
          <dt>For AI clients</dt>
          <dd><code>${origin}/mcp</code></dd>
        </div>
        <div>
          <dt>As OpenAPI 3.1</dt>
          <dd>
            <a href="/api/openapi.json"><code>/api/openapi.json</code></a>
          </dd>
        </div>
      </dl>
    </section>
    <section id="sign-in" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">Sign in</h2>
      <p>
        Send an API key with every request. A key begins with <code>pb_</code> and is shown once,
        when it is made; it may do what the role of the person it belongs to may do.
      </p>
      <pre tabindex="0" aria-label="Example of signing in"><code>export PLUGBOARD_API_KEY=pb_…
curl "${origin}/api/v1/me" \\
  -H "Authorization: Bearer $PLUGBOARD_API_KEY"</code></pre>
    </section>
    <section id="conventions" aria-labelledby="conventions-title">
      <h2 id="conventions-title">Conventions</h2>
      <dl class="facts wide">
        <div>
          <dt>Bodies</dt>
          <dd>JSON both ways. A field that is not known is refused, with its name.</dd>
        </div>
        <div>
          <dt>Times</dt>
          <dd>Milliseconds since 1970-01-01 UTC; lengths of time are milliseconds too.</dd>
        </div>
        <div>
          <dt>Lists</dt>
          <dd>
            <code>{ "items": […], "nextCursor": "…" }</code>. Ask again with <code>cursor</code> set
            to <code>nextCursor</code> until it is <code>null</code>.
          </dd>
        </div>
        <div>
          <dt>Request ids</dt>
          <dd>
            Every answer carries <code>X-Request-Id</code>. Name it when you report a problem.
          </dd>
        </div>
      </dl>
    </section>
    <section id="errors" aria-labelledby="errors-title">
      <h2 id="errors-title">Errors</h2>
      <p>
        Every error has one shape. <code>code</code> is stable; <code>message</code> is a sentence
        for people that names the next step.
      </p>
      ${code(jsonCode({ error: { code: "not_found", message: 'There is no tool "tool_x". List the tools to see their ids.', requestId: "req_…" } }), "Example of an error")}
      <details>
        <summary>All error codes</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="All error codes">
          <table>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Status</th>
                <th scope="col">Who can mend it</th>
              </tr>
            </thead>
            <tbody>
              ${Object.entries(errors).map(
                ([name, { status, side }]) =>
                  html`<tr id="error-${name}">
                    <td><code>${name}</code></td>
                    <td>${status}</td>
                    <td>${sides[side]}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    </section>`;
}

const sides = {
  caller: "you",
  upstream: "the server behind the connection",
  hub: "whoever runs the hub",
};
