import { expect, it } from "vitest";
import { discover } from "./discover";
import type { Wire } from "./http";

const signal = new AbortController().signal;
type Message = { id: string; method: string };

/** A server of 2026-07-28 whose first answers are these; `methods` is what it was asked. */
function serverThat(...first: ((id: string) => Response)[]) {
  const methods: string[] = [];
  const wire: Wire = {
    url: "https://acme.com/mcp",
    fetch: async (_, { body }) => {
      const { id, method } = JSON.parse(body ?? "{}") as Message;
      methods.push(method);
      const answer = first.shift();
      if (answer) return answer(id);
      const result = { supportedVersions: ["2026-07-28"], capabilities: {} };
      return Response.json({ jsonrpc: "2.0", id, result });
    },
    mask: (text) => text,
    background: () => undefined,
  };
  return { wire, methods };
}

const unsupported = (supported: unknown) => (id: string) =>
  Response.json(
    { jsonrpc: "2.0", id, error: { code: -32022, message: "no", data: { supported } } },
    { status: 400 },
  );

it("asks once more where a server refuses the very revision that it says it knows", async () => {
  const once = serverThat(unsupported(["2026-07-28"]));
  const { known } = await discover(once.wire, "auto", signal);
  expect(known.era).toBe("modern");
  expect(once.methods).toEqual(["server/discover", "server/discover"]);
  const again = serverThat(...Array.from({ length: 9 }, () => unsupported(["2026-07-28"])));
  await expect(discover(again.wire, "http", signal)).rejects.toThrow();
  expect(again.methods).toEqual(["server/discover", "server/discover", "initialize"]);
});

it("opens a session where a server knows older revisions alone", async () => {
  const old = serverThat(unsupported(["2025-11-25"]), (id) =>
    Response.json({
      jsonrpc: "2.0",
      id,
      result: { protocolVersion: "2025-11-25", capabilities: {}, serverInfo: { name: "old" } },
    }),
  );
  expect((await discover(old.wire, "auto", signal)).known.era).toBe("legacy");
  expect(old.methods.slice(0, 2)).toEqual(["server/discover", "initialize"]);
});

it("tells of a 403 for want of scopes which they are, and of any other only that it is one", async () => {
  const refusing = (challenge: string) =>
    serverThat(
      () => new Response(null, { status: 403, headers: { "www-authenticate": challenge } }),
    );
  const wanting = 'Bearer error="insufficient_scope", scope="mail.send mail.read"';
  await expect(discover(refusing(wanting).wire, "auto", signal)).rejects.toMatchObject({
    code: "upstream_unauthorized",
    details: { wantedScopes: ["mail.send", "mail.read"] },
  });
  await expect(
    discover(refusing('Bearer error="invalid_token"').wire, "auto", signal),
  ).rejects.toMatchObject({ details: { upstreamStatus: 403 } });
});
