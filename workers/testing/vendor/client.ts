import { Refusal, type Asked } from "./exchange.ts";
import type { Quirks } from "./quirks.ts";

/** RFC 6749, 2.3.1: name and secret are form-encoded before they are joined. */
function basicOf(header: string | undefined): { id: string; secret: string } | null {
  if (!header?.startsWith("Basic ")) return null;
  const [id = "", secret = ""] = Buffer.from(header.slice(6), "base64").toString().split(/:(.*)/s);
  const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
  return { id: decode(id), secret: decode(secret) };
}

/** Refuses a client that shows itself in another way than this vendor's, or in two at once. */
export function checkClient(
  asked: Asked,
  params: Map<string, string>,
  { client, style }: { client: Quirks["client"]; style: Quirks["token"]["clientAuth"] },
): void {
  const basic = basicOf(asked.headers["authorization"]);
  const posted = params.get("client_secret");
  const refuse = (complaint: string) => {
    throw new Refusal("invalid_client", complaint, 401);
  };
  if (basic && posted !== undefined) refuse("The client shows its secret in two ways.");
  const used = basic ? "basic" : posted === undefined ? "none" : "post";
  const wanted = style === "any" ? (client.secret === null ? "none" : used) : style;
  if (used !== wanted) refuse(`The client signs in with ${used}, not ${wanted}.`);
  const id = basic?.id ?? params.get("client_id");
  if (id !== client.id) refuse(`The client is ${id ?? "nobody"}, not ${client.id}.`);
  if (wanted === "none") return;
  if ((basic?.secret ?? posted) !== client.secret) refuse("The client's secret is wrong.");
}
