import { expect, it } from "vitest";
import { createTeam } from "../../testing/team";
import type { ApiDocument } from "./document";
import { renderReference } from "./page";

const render = async (document: ApiDocument) =>
  String(await renderReference(document, "http://localhost:8787"));

/** The page as a reader sees it. */
const readable = (page: string) =>
  unescaped(
    page
      .replaceAll(/<wbr[^>]*>/g, "")
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " "),
  );
const unescaped = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&#39;", "'");

const operation = (
  found: Partial<NonNullable<ApiDocument["paths"]>[string]["post"]>,
): ApiDocument => ({
  info: { title: "Plugboard", version: "1" },
  security: [{ apiKey: [] }],
  paths: {
    "/api/v1/things/{id}": {
      post: { operationId: "makeThing", summary: "Make a thing", ...found },
    },
  },
});

it("shows every operation of the hub without signing in, at an anchor of its own", async () => {
  const { ask } = await createTeam();
  const headers = { authorization: "" };
  const [page, { body }] = [
    await ask("/api/docs", { headers }),
    await ask("/api/openapi.json", { headers }),
  ];
  expect(page.status).toBe(200);
  const text = readable(page.text);
  const paths = Object.entries((body as ApiDocument).paths ?? {});
  expect(paths.length).toBeGreaterThan(0);
  for (const [, operations] of paths)
    for (const { summary } of Object.values(operations)) expect(text).toContain(` ${summary} # `);
  const ids = [...page.text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.length).toBe(new Set(ids).size);
  for (const [, anchor] of page.text.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
});

it("runs no script and loads nothing, and says so in its policy", async () => {
  const { text, headers } = await (await createTeam()).ask("/api/docs");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|script-src|https?:/);
  expect(text).not.toMatch(/<script|<link rel="stylesheet"|<img|\son\w+=|\sstyle=|url\(|@import/i);
  const [, style = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [];
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  expect(policy).toContain(
    `style-src 'sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}'`,
  );
});

it("shows markup in any text as text", async () => {
  const evil = `<img src=x onerror="alert(1)">'"&\`<script>alert(2)</script>\``;
  const schema = {
    type: "object",
    properties: { [evil]: { type: evil, description: evil, examples: [evil], enum: [evil, 1] } },
  };
  const content = { "application/json": { schema } };
  const page = await render({
    ...operation({
      operationId: evil,
      summary: evil,
      description: evil,
      tags: [evil],
      parameters: [{ name: evil, in: "query", description: evil }],
      requestBody: { content },
      responses: {
        200: { description: evil, content, headers: { [evil]: { description: evil } } },
        400: { description: evil },
      },
    }),
    tags: [{ name: evil, description: evil }],
    components: { securitySchemes: { apiKey: { description: evil } } },
  });
  expect(page).not.toMatch(/<img|<script/);
  expect(page.match(/onerror="/g)).toBeNull();
});

it("gives a command that a shell takes as it stands", async () => {
  const schema = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string", examples: ["it's"] }, other: { type: "string" } },
  };
  const page = await render(
    operation({ requestBody: { content: { "application/json": { schema } } } }),
  );
  const command =
    /<pre tabindex="0" aria-label="Example request: Make a thing"><code>([^]*?)<\/code>/.exec(
      page,
    )?.[1];
  expect(unescaped(command ?? "")).toBe(
    [
      'curl "http://localhost:8787/api/v1/things/$THING_ID"',
      '-H "Authorization: Bearer $PLUGBOARD_API_KEY"',
      '-H "Content-Type: application/json"',
      "-d '{\n  \"name\": \"it'\\''s\"\n}'",
    ].join(" \\\n  "),
  );
});

it("tells of nested fields, lists, references and variants, and of a reference that goes round", async () => {
  const node = { type: "object", properties: { child: { $ref: "#/components/schemas/Node" } } };
  const schema = {
    oneOf: [
      {
        type: "object",
        required: ["items"],
        properties: { items: { type: "array", items: { $ref: "#/components/schemas/Node" } } },
      },
      { type: "object", properties: { note: { type: ["string", "null"], maxLength: 5 } } },
    ],
  };
  const page = await render({
    ...operation({ requestBody: { content: { "application/json": { schema } } } }),
    components: { schemas: { Node: node } },
  });
  const text = readable(page);
  expect(text).toContain(" items[].child.child object ");
  expect(text).toContain(" Or note string or null At most 5 characters. ");
});
