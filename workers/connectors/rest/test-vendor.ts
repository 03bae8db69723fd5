import type { AuthMethod } from "../../../shared/catalogue/manifest";
import type { Context } from "../../platform/context";
import { withDeadline } from "../../platform/deadline";
import { HubError } from "../../platform/errors";
import { keepsRules, textAt } from "../../platform/json-pointer";
import type { Account } from "./build";
import { vendorRefusal } from "./refusals";
import { sendRequest } from "./send";

const timeoutMs = 15_000;
const maxBytes = 1024 * 1024;

export type VendorTest = {
  ok: true;
  responseTimeMs: number;
  /** Whose credential it is, in the vendor's words. */
  account: string | null;
  /** Null where the API does not say. */
  grantedScopes: string[] | null;
};

/**
 * Sends the manifest's test request with a credential. Throws `upstream_unauthorized` where the vendor does not accept
 * it, other `upstream_*` and `outbound_refused`; `invalid_input` where a parameter is missing.
 */
export async function testVendor(
  { env }: Pick<Context, "env">,
  { method, ...account }: Account & { method?: AuthMethod },
): Promise<VendorTest> {
  const { manifest } = account;
  const { test } = manifest;
  if (!test)
    throw new HubError(
      "upstream_invalid",
      `The connector ${manifest.name} names no request to try a credential with.`,
    );
  const sentence = `${manifest.name} did not answer within ${timeoutMs / 1000} seconds. Try again later.`;
  return withDeadline({ ms: timeoutMs, sentence }, async (signal) => {
    const started = Date.now();
    const response = await sendRequest({ env, signal, maxBytes }, account, test);
    const responseTimeMs = Date.now() - started;
    const refused = isSignInPage(response)
      ? new HubError(
          "upstream_unauthorized",
          `${manifest.name} answered with its sign-in page: it does not accept this credential. Check that it is whole and has not ended.`,
        )
      : vendorRefusal(manifest.name, response);
    if (refused) {
      await response.body?.cancel();
      throw refused;
    }
    const document = await readDocument(manifest.name, response);
    const reads = test.successWhen.length > 0 || test.account !== undefined;
    if (document === undefined && reads) throw notData(manifest.name);
    if (!keepsRules(document, [...test.successWhen, ...manifest.errors.successWhen]))
      throw new HubError(
        "upstream_unauthorized",
        `${manifest.name} answered that the request failed. Check the credential, and that it has the permissions the connector needs.`,
        { details: { upstreamStatus: response.status } },
      );
    const owner = test.account === undefined ? undefined : textAt(document, test.account);
    return {
      ok: true,
      responseTimeMs,
      account: owner?.slice(0, 200) ?? null,
      grantedScopes: grantedScopes(method, response),
    };
  });
}

const isHtml = (response: Response) =>
  /^(text\/html|application\/xhtml)/i.test(response.headers.get("content-type") ?? "");

/** Where a redirect led to a page for people, it was to the place where they sign in. */
const isSignInPage = (response: Response) =>
  response.ok &&
  isHtml(response) &&
  /log[-_]?in|sign[-_]?in|\bsso\b|\bauth|session/i.test(URL.parse(response.url)?.pathname ?? "");

/** Undefined for an empty answer and for one that is neither JSON nor a page. */
async function readDocument(name: string, response: Response): Promise<unknown> {
  if (isHtml(response)) {
    await response.body?.cancel();
    throw notData(name);
  }
  const text = await response.text();
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (/json/i.test(response.headers.get("content-type") ?? ""))
      throw new HubError(
        "upstream_invalid",
        `${name} calls its answer JSON, and it is none. Check the address; if it is right, try again later.`,
        { cause },
      );
    return undefined;
  }
}

const notData = (name: string) =>
  new HubError(
    "upstream_invalid",
    `${name} answered with a page or text instead of data. Check what was entered for the account: the address is probably not that of its API.`,
  );

function grantedScopes(method: AuthMethod | undefined, response: Response): string[] | null {
  const header = method && "grantedScopeHeader" in method ? method.grantedScopeHeader : undefined;
  const told = header === undefined ? null : response.headers.get(header);
  if (told === null) return null;
  return told.split(/[\s,]+/).filter((scope) => scope !== "");
}
