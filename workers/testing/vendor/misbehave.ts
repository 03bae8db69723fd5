import { json, type Reply } from "./exchange.ts";
import type { Misbehaviour } from "./quirks.ts";

const page = "<!doctype html><title>Vendor</title><h1>Something else</h1>";
const html = (status: number, type = "text/html; charset=utf-8"): Reply => ({
  status,
  headers: { "content-type": type },
  body: page,
});
const redirect = (location: string): Reply => ({ status: 302, headers: { location }, body: "" });

/** In place of a good answer, or with it lost on the way: the vendor has done what it was asked by then. */
export function misbehaviour(how: Misbehaviour, good: Reply): Reply {
  switch (how) {
    case "html":
      return html(200);
    case "html-404":
      return html(404);
    case "html-as-json":
      return html(200, "application/json");
    case "json-as-html":
      return { ...good, headers: { "content-type": "text/html" } };
    case "huge":
      return json({ access_token: "at_huge", padding: "x".repeat(2 * 1024 * 1024) });
    case "huge-unannounced":
      return { ...json({ access_token: "at_huge", padding: "x".repeat(2 ** 21) }), wire: "huge" };
    case "array":
      return json([{ access_token: "at_list" }]);
    case "empty":
      return { status: 200, headers: { "content-type": "application/json" }, body: "" };
    case "no-token":
      return json({ token_type: "Bearer", expires_in: 3600 });
    case "token-is-object":
      return json({ access_token: { value: "at_deep" }, token_type: "Bearer" });
    case "token-with-newline":
      return json({ access_token: "at_bad\r\nx-injected: 1", token_type: "Bearer" });
    case "endless-token":
      return json({ access_token: "a".repeat(20_000), token_type: "Bearer" });
    case "redirect-private":
      return redirect("http://169.254.169.254/latest/meta-data/");
    case "redirect-public":
      return redirect("https://elsewhere.example.com/token");
    case "401":
    case "403":
    case "500":
    case "503":
      return json({}, Number(how));
    case "429":
      return json({}, 429, { "retry-after": "17" });
    case "hang":
    case "hang-in-body":
    case "lost":
    case "truncated":
      return { ...good, wire: how };
    case "invalid_grant":
    case "invalid_scope":
    case "unauthorized_client":
    case "unsupported_grant_type":
    case "server_error":
      return json({ error: how, error_description: "in the vendor's own words" }, 400);
    case "invalid_client":
      return json({ error: how }, 401, { "www-authenticate": 'Basic realm="vendor"' });
    case "a-secret-in-the-error":
      return json({ error: "leak", error_description: `You sent ${good.body}` }, 400);
  }
}
