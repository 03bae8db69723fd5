import type { OpenApi, Operation, Schema } from "./routes";
import type { Route } from "./sweep";
import type { TestRequest } from "./team";

/** A request with one thing wrong in it. */
export type BadRequest = { what: string; path: string; init: TestRequest };

const deep = `{"a":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`;
const bodies = {
  "no JSON": "{",
  "no JSON at all": "\0",
  "a list": "[]",
  "a text": '"x"',
  "a number": "1e400",
  nothing: "null",
  "depth without end": deep,
  "a deep list": "[".repeat(100_000),
};
const wrong: Record<string, unknown> = {
  "a list of lists": [[["x"]]],
  "an object": { a: { b: 1 } },
  "a huge number": 1e308,
  "a number below nothing": -1,
  "a truth": true,
  NUL: "a\0b",
  "half a character": "a\ud800b",
  "an empty text": "",
};
const ids = {
  "5000 characters": "a".repeat(5000),
  NUL: "%00",
  "a way up": "..%2F..%2Fadmin",
  "no encoding": "%E0%A4%A",
  "a lone byte": "%FF",
  SQL: encodeURIComponent("' OR 1=1 --"),
  "an emoji": encodeURIComponent("💥"),
  "a space": "%20",
  "another kind's id": "req_01k5x8b3qv2h7c9d4e6f8g0h2j",
  "a prototype's name": "__proto__",
};
const values = {
  nothing: "",
  NUL: "%00",
  "10000 characters": "a".repeat(10_000),
  "a number below nothing": "-1",
  "a number without end": "9".repeat(400),
  "no number": "NaN",
  "half a number": "1.5",
  "no encoding": "%E0%A4%A",
  SQL: encodeURIComponent("'; DROP TABLE teams; --"),
};
/** Cursors of lists in the order of their items' numbers. */
const numbered: Record<string, string> = {
  "/api/v1/audit": "aud~12",
  "/api/v1/executions/{id}/events": "evt~exe_01k5x8b3qv2h7c9d4e6f8g0h2j~12",
  "/api/v1/executions/{id}/logs": "log~exe_01k5x8b3qv2h7c9d4e6f8g0h2j~12",
  "/api/v1/jobs/{id}/events": "evt~job_01k5x8b3qv2h7c9d4e6f8g0h2j~12",
};
/** Of no list, or of another one: what a page of this one begins after looks like none of these. */
const cursorsFor = (path: string): Record<string, string> => ({
  ...values,
  "another list's": "req_01k5x8b3qv2h7c9d4e6f8g0h2j",
  ...Object.fromEntries(
    Object.entries(numbered)
      .filter(([list]) => list !== path)
      .map(([list, cursor]) => [`that of ${list}`, cursor]),
  ),
});
const unknownParameters = {
  "another name": "nobody_knows=1",
  "a capital letter": "Limit=1",
  "a prototype's name": "__proto__=1",
  "no value": "state",
  "5000 characters": `${"a".repeat(5000)}=1`,
};
const long = "a".repeat(100_000);
const headers = ["x-anything", "user-agent", "accept", "cookie", "origin", "authorization"];

/** Every way to get the route's request wrong that its description lets one think of. */
export function badRequestsFor(route: Route, document: OpenApi): BadRequest[] {
  const { method, path, example } = route;
  const operation = document.paths[path]?.[method.toLowerCase()] ?? {};
  const unknown = path.replace("{id}", "nobody");
  const right = { ...example.request, ...example.harmless, method };
  const at = (where: string, init: TestRequest = right) => ({ path: where, init });
  const all: BadRequest[] = [];
  if (path.includes("{id}"))
    for (const [what, id] of Object.entries(ids))
      all.push({ what: `id: ${what}`, ...at(path.replace("{id}", id)) });
  const asked = (operation.parameters ?? []).filter((one) => one.in === "query");
  for (const { name } of asked)
    for (const [what, value] of Object.entries(name === "cursor" ? cursorsFor(path) : values))
      all.push({ what: `query ${name}: ${what}`, ...at(`${unknown}?${name}=${value}`) });
  if (asked.length > 0 && path.startsWith("/api/v1/"))
    for (const [what, query] of Object.entries(unknownParameters))
      all.push({ what: `query nobody knows: ${what}`, ...at(`${unknown}?${query}`) });
  for (const name of [...headers, ...headersOf(operation)])
    all.push({
      what: `header ${name}: 100 KB`,
      ...at(unknown, { ...right, headers: { ...right.headers, [name]: long } }),
    });
  for (const [what, body] of badBodies(route, bodyOf(operation, document)))
    all.push({ what: `body: ${what}`, ...at(unknown, { ...example.request, method, body }) });
  return all;
}

const headersOf = ({ parameters = [] }: Operation): string[] =>
  parameters.filter((one) => one.in === "header").map(({ name }) => name);

function bodyOf({ requestBody }: Operation, { components }: OpenApi): Schema | undefined {
  const schema = requestBody?.content["application/json"]?.schema;
  return schema?.$ref === undefined
    ? schema
    : components.schemas[schema.$ref.split("/").at(-1) ?? ""];
}

function badBodies({ example }: Route, schema: Schema | undefined): [string, unknown][] {
  if (schema === undefined) return [];
  const right = { ...(example.request?.body as Record<string, unknown> | undefined) };
  const fields = [...new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(right)])];
  const isText = (field: string) =>
    schema.properties?.[field]?.type === "string" || typeof right[field] === "string";
  const text = fields.find(isText);
  return [
    ...Object.entries(bodies),
    ...(text === undefined
      ? []
      : [
          [`${text}: a megabyte`, { ...right, [text]: "x".repeat(1024 * 1024) }] as [
            string,
            unknown,
          ],
        ]),
    ...fields.flatMap((field) =>
      Object.entries(wrong)
        .filter(([, value]) => !isRight(field, value, schema.properties?.[field]))
        .map(([what, value]): [string, unknown] => [
          `${field}: ${what}`,
          { ...right, [field]: value },
        ]),
    ),
  ];
}

/** A password may hold what a name may not. */
function isRight(field: string, value: unknown, schema: Schema | undefined): boolean {
  if (typeof value === "boolean") return schema?.type === "boolean";
  if (value === "") return schema?.type === "string" && schema.minLength === undefined;
  return typeof value === "string" && /password/i.test(field);
}
