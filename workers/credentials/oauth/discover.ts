import type { Discovery, Manifest } from "../../../shared/catalogue/manifest";
import { HubError } from "../../platform/errors";
import { textAt, valueAt } from "../../platform/json-pointer";
import { wrongWith } from "../../platform/param-rule";
import { fillRequest, mergeHeaders } from "../../platform/request-template";
import { fillAll, fillTemplate, type TemplateValues } from "../../platform/template";
import { maskFor, type Mask } from "../masking";
import { sendSecret, type Answer } from "./send";

type Option = { value: string; name: string };

export type Discovered =
  | { params: Record<string, string> }
  | { choices: { param: string; label: string; options: Option[] } };

type Shown = {
  headers: Record<string, string>;
  query: Record<string, string>;
  record?: Record<string, string>;
  secrets?: Record<string, string>;
};

const longestAnswer = 2 * 1024 * 1024;
const mostOptions = 200;

/**
 * Asks a vendor, with the new token, which account it is for: cloud id, tenant, site. `params` of the answer are those
 * found out; of several accounts the person chooses, and this is asked again with the choice among `params`. The
 * manifest is as its way to sign in has it (`forMethod`). Throws `upstream_*` and `outbound_refused`.
 */
export async function discoverParams(
  env: Env,
  manifest: Manifest,
  {
    params,
    presented,
    timeoutMs,
  }: { params: Record<string, string>; presented: Shown; timeoutMs?: number },
): Promise<Discovered> {
  const found: Record<string, string> = {};
  const mask = maskFor(presented.secrets ?? {});
  for (const step of manifest.discover) {
    const known = { ...params, ...found };
    if (known[step.param]) continue;
    const answer = await ask(env, manifest, { step, params: known, presented, timeoutMs });
    const options = optionsOf(manifest, step, { answer, mask });
    const [first, second] = options;
    if (first === undefined) throw nothing(manifest, step);
    if (second !== undefined && step.pick === "ask")
      return { choices: { param: step.param, label: step.label, options } };
    found[step.param] = first.value;
  }
  return { params: found };
}

async function ask(
  env: Env,
  { name, request }: Manifest,
  {
    step,
    params,
    presented,
    timeoutMs,
  }: {
    step: Discovery;
    params: Record<string, string>;
    presented: Shown;
    timeoutMs: number | undefined;
  },
): Promise<unknown> {
  const { record = {} } = presented;
  const token = record["accessToken"];
  const values = { params, secret: record, ...(token !== undefined && { extra: { token } }) };
  const filled = fillRequest(step.request, values, baseOf(step, request?.base, values));
  const url = new URL(filled.url);
  const query = { ...fillable(request?.query, values), ...presented.query };
  for (const [name, value] of Object.entries(query))
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  const { status, text } = await sendSecret(env, {
    ...filled,
    url: url.href,
    headers: mergeHeaders(
      filled.headers,
      fillable(request?.headers, values),
      presented.headers,
      // What a step says itself wins: some vendors want the token shown in another way here.
      fillAll(step.request.headers, values),
    ),
    timeoutMs,
    maxBytes: longestAnswer,
  }).catch((error: unknown): Answer => {
    if (error instanceof HubError) throw error;
    throw new HubError(
      "upstream_timeout",
      `${name} did not say in time which account this is. Start again later.`,
      { cause: error },
    );
  });
  if (status < 200 || status > 299)
    throw new HubError(
      status === 401 || status === 403 ? "upstream_unauthorized" : "upstream_error",
      `${name} did not say which ${step.label} this account has (HTTP ${status}). Check what the account may do there, then start again.`,
      { details: { upstreamStatus: status } },
    );
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new HubError(
      "upstream_invalid",
      `${name} answered with something that is no JSON when asked for ${step.label}. Start again later.`,
      { cause },
    );
  }
}

/** The base may lead to the very thing that is being found out: it is filled only where it is needed. */
const baseOf = ({ request }: Discovery, base: string | undefined, values: TemplateValues) =>
  base === undefined || /^https?:/i.test(request.url) ? "" : fillTemplate(base, values);

/** What all requests carry, but for what is being found out just now. */
function fillable(
  templates: Record<string, string> = {},
  values: TemplateValues,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).flatMap(([name, template]) => {
      try {
        return Object.entries(fillAll({ [name]: template }, values));
      } catch {
        return [];
      }
    }),
  );
}

function optionsOf(
  { params }: Manifest,
  step: Discovery,
  { answer, mask }: { answer: unknown; mask: Mask },
): Option[] {
  const listed = valueAt(answer, step.list);
  const param = params.find(({ name }) => name === step.param);
  const options = new Map<string, Option>();
  for (const one of Array.isArray(listed) ? (listed as unknown[]) : [listed]) {
    const value = textAt(one, step.value);
    if (value === undefined || value.length > 500) continue;
    // What comes to stand in an address must look like it: the vendor's word is not enough.
    if (!param || wrongWith(param, value) !== undefined || mask(value) !== value) continue;
    const name = step.name === undefined ? undefined : textAt(one, step.name);
    options.set(value, { value, name: plain(mask(name ?? value)) });
  }
  return [...options.values()].slice(0, mostOptions);
}

/** For a list people choose from: one short line. */
const plain = (name: string) => name.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 200);

const nothing = ({ name }: Manifest, { label }: Discovery) =>
  new HubError(
    "upstream_error",
    `${name} gave this account no ${label} the hub can use. Sign in with an account that has one.`,
  );
