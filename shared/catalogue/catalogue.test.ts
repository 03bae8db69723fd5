import { describe, expect, it } from "vitest";
import { catalogue } from "./all";
import { forMethod } from "./for-method";
import { Manifest, type AuthMethod } from "./manifest";

const vendors = `
  sap-s4hana netsuite dynamics365 odoo sage-intacct
  salesforce hubspot pipedrive zoho-crm
  workday bamboohr personio sap-successfactors
  quickbooks xero datev stripe lexoffice sage-accounting
  snowflake databricks bigquery tableau power-bi
  hubspot-marketing mailchimp activecampaign sendgrid
  shopify woocommerce magento amazon-selling-partner
  slack microsoft-teams google-workspace microsoft-365
  github gitlab jira confluence
  aws azure gcp digitalocean cloudflare
  postgresql mysql mongodb redis elasticsearch
  gmail google-drive notion vercel airtable`
  .trim()
  .split(/\s+/);

/** A connector as one of its ways to sign in has it. */
type Way = { name: string; manifest: Manifest; method: AuthMethod };
const ways: Way[] = catalogue.flatMap((data) => {
  const parsed = Manifest.parse(data);
  return parsed.auth.map((method) => ({
    name: `${parsed.id}/${method.id}`,
    manifest: forMethod(parsed, method.id),
    method,
  }));
});

/** What is wrong, by way: an empty list says that all keep the rule. */
const faults = (judge: (way: Way) => string[]) =>
  ways.flatMap((way) => judge(way).map((fault) => `${way.name}: ${fault}`));

const placeholder = /\{([A-Za-z][\w.]*)((?:\|[^{}|]+)*)\}/g;
const placeholdersIn = (template: string) => [...template.matchAll(placeholder)];
const filters = new Set(
  "lower upper trim url base64 base64url unbase64 replace append until json origin host".split(" "),
);

function templatesIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(templatesIn);
}

/** The shape of its token endpoint, wherever it stands. */
function tokenShapeOf(method: AuthMethod) {
  if ("tokenUrl" in method) return method;
  return method.kind === "signed_jwt" ? method.exchange : undefined;
}

/** What is filled in before a vendor has said anything. */
function beforeConsent(method: AuthMethod): unknown[] {
  if (method.kind === "oauth2_code") return [method.authorizeUrl, method.authorizeParams];
  if (method.kind === "oauth2_device") return [method.deviceUrl, method.tokenUrl];
  if (method.kind === "session") return [method.login];
  return [tokenShapeOf(method)?.tokenUrl];
}

/** What is filled in, by what is known when it is. */
function templates({ manifest, method }: Way): { template: string; known: string[] }[] {
  const hasToken =
    "tokenUrl" in method || ["signed_jwt", "session", "mcp_oauth"].includes(method.kind);
  const token = hasToken ? ["token"] : [];
  const app =
    method.kind === "oauth2_code" || method.kind === "oauth2_device"
      ? ["app.clientId", "app.clientSecret"]
      : [];
  const shape = tokenShapeOf(method);
  const parts: [known: string[], ...values: unknown[]][] = [
    [token, manifest.request, manifest.discover.map(({ request }) => request)],
    [token, manifest.test && { ...manifest.test, account: "", successWhen: [] }],
    [token, method.present.map(({ name, template }) => [name, template])],
    [app, beforeConsent(method)],
    [app, shape && [shape.tokenUrl, shape.refreshUrl, shape.tokenParams, shape.refreshParams]],
    [app, shape?.tokenHeaders],
    [[...token, ...app], shape?.revoke && [shape.revoke.url, shape.revoke.params]],
    [
      ["thumbprint", "scope"],
      method.kind === "signed_jwt" && [method.key, method.header, method.claims],
    ],
    [["token"], method.kind === "session" && method.logout],
    [[], method.kind === "aws_sigv4" && [method.region, method.service]],
  ];
  return parts.flatMap(([known, ...values]) =>
    templatesIn(values).map((template) => ({ template, known })),
  );
}

/** Whole URLs, and what leads to another host than the one before. */
const urls = (way: Way) => [
  ...new Set(
    templates(way)
      .map(({ template }) => template)
      .filter(
        (template) =>
          /^[a-z]+:\/\//.test(template) ||
          /^\{(instanceUrl|accountsServer|apiDomain)\}/.test(template),
      ),
  ),
];

/** What the engine reads of a credential without a template. */
function readByName({ kind, fields }: AuthMethod): string[] {
  if (kind === "oauth2_client_credentials") return ["clientId", "clientSecret"];
  if (kind === "aws_sigv4") return ["accessKeyId", "secretAccessKey", "sessionToken"];
  if (kind === "signed_jwt") return ["algorithm", "passphrase"];
  const whole = ["basic", "database", "client_certificate", "ssh_key"].includes(kind);
  return whole ? fields.map(({ name }) => name) : [];
}

const admits = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`, "u").test(value);

describe("the catalogue", () => {
  it("has every vendor, each once, and each manifest is one", () => {
    const ids = catalogue.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(["mcp", "any-api", ...vendors].toSorted());
    expect(
      faults(({ manifest }) => (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(manifest.id) ? [] : ["id"])),
    ).toEqual([]);
    for (const { id, auth } of catalogue)
      expect(new Set(auth.map((method) => method.id)).size, id).toBe(auth.length);
  });

  it("fills every placeholder from something that is declared", () => {
    expect(
      faults((way) =>
        templates(way).flatMap(({ template, known }) => {
          const names = new Set([
            ...known,
            ...way.manifest.params.map(({ name }) => name),
            ...way.method.fields.map(({ name }) => `secret.${name}`),
          ]);
          return placeholdersIn(template)
            .filter(([, name = ""]) => !names.has(name))
            .map(([whole]) => whole);
        }),
      ),
    ).toEqual([]);
  });

  it("needs nothing before consent that only the vendor tells", () => {
    expect(
      faults(({ manifest, method }) => {
        const told = manifest.params.filter(({ source }) => source !== "user");
        return templatesIn(beforeConsent(method))
          .flatMap((template) => placeholdersIn(template).map(([, name]) => name))
          .filter((name) => told.some((param) => param.name === name))
          .map((name) => name ?? "");
      }),
    ).toEqual([]);
  });

  it("leaves no brace in a template that is no placeholder, and names no filter there is not", () => {
    expect(
      faults((way) =>
        templates(way).flatMap(({ template }) => [
          ...(/[{}]/.test(template.replaceAll(placeholder, "")) ? [template] : []),
          ...placeholdersIn(template)
            .flatMap(([, , chain = ""]) => chain.split("|").slice(1))
            .filter((filter) => !filters.has(filter.split(":")[0] ?? "")),
        ]),
      ),
    ).toEqual([]);
  });

  it("speaks https, to hosts that no parameter can turn into others", () => {
    expect(
      faults((way) =>
        urls(way).flatMap((template) => {
          const [host = ""] = template.replace(/^https:\/\//, "").split("/");
          if (!template.startsWith("https://") && !template.startsWith("{")) return [template];
          return placeholdersIn(host).flatMap(([whole, name]) => {
            const param = way.manifest.params.find((one) => one.name === name);
            if (param?.pattern === undefined) return [`${whole} of ${template} has no pattern`];
            const isUrl = template.startsWith("{");
            if (isUrl && (!param.hostSuffixes || !param.pattern.startsWith("^https://")))
              return [`${whole} of ${template} may lead anywhere`];
            const good = isUrl
              ? `https://www${param.hostSuffixes?.[0] ?? ""}`
              : (param.example ?? param.default ?? param.choices?.[0]?.value ?? "a");
            const bad = ["/", "@", ":", "?", "#", "\\", " ", "\t", "\n", "%"].flatMap((sign) => [
              `${good}${sign}evil.example`,
              `${good}${sign}`,
              ...(isUrl ? [] : [`evil.example${sign}${good}`]),
            ]);
            return bad.filter((value) => admits(param.pattern ?? "", value));
          });
        }),
      ),
    ).toEqual([]);
  });

  it("declares what it reads from answers, and reads what it declares", () => {
    expect(
      faults(({ manifest, method }) => {
        const shape = tokenShapeOf(method);
        const session = method.kind === "session" ? method.capture : {};
        const read = [
          ...Object.keys({ ...shape?.capture, ...session }).map((name) => `token:${name}`),
          ...Object.keys(shape?.captureClaims ?? {}).map((name) => `claims:${name}`),
          ...Object.keys("captureCallback" in method ? method.captureCallback : {}).map(
            (name) => `callback:${name}`,
          ),
          ...manifest.discover.map(({ param }) => `discovered:${param}`),
        ];
        const declared = manifest.params
          .filter(({ source }) => source !== "user")
          .map(({ source, name }) => `${source}:${name}`);
        return [
          ...read.filter((one) => !declared.includes(one)),
          ...declared.filter((one) => !read.includes(one)),
        ];
      }),
    ).toEqual([]);
  });

  it("has defaults, choices and examples that its own patterns admit", () => {
    expect(
      faults(({ manifest, method }) =>
        [...manifest.params, ...method.fields].flatMap(({ name, pattern, ...field }) =>
          [field.default, field.example, ...(field.choices ?? []).map(({ value }) => value)]
            .filter((value) => value !== undefined && !value.includes("…"))
            .filter((value) => pattern !== undefined && !admits(pattern, value ?? ""))
            .map((value) => `${name}: ${value}`),
        ),
      ),
    ).toEqual([]);
  });

  it("asks for each parameter and field once, and uses each field", () => {
    const used = ({ manifest, method }: Way) => {
      const all = templates({ name: "", manifest, method }).map(({ template }) => template);
      const names = all.flatMap((template) => placeholdersIn(template).map(([, name]) => name));
      names.push(...readByName(method).map((name) => `secret.${name}`));
      return method.fields.filter(({ name }) => !names.includes(`secret.${name}`));
    };
    expect(
      faults((way) => {
        const names = [...way.manifest.params, ...way.method.fields].map(({ name }) => name);
        const twice = names.filter((name, at) => names.indexOf(name) !== at);
        return [...twice, ...used(way).map(({ name }) => `${name} is asked for and not used`)];
      }),
    ).toEqual([]);
  });

  it("calls no field as the token beside it is called", () => {
    const taken = [
      "accessToken",
      "refreshToken",
      "tokenType",
      "idToken",
      "scope",
      "expiresAt",
      "obtainedAt",
    ];
    expect(
      faults(({ method }) =>
        method.fields.map(({ name }) => name).filter((name) => taken.includes(name)),
      ),
    ).toEqual([]);
  });

  it("says where each secret is found, or what it is", () => {
    expect(
      faults(({ manifest, method }) =>
        method.fields
          .filter(() => vendors.includes(manifest.id))
          .filter(({ input }) => input === "secret" || input === "multiline")
          .filter(({ help, where, label }) => !help && !where && label !== "Password")
          .map(({ name }) => name),
      ),
    ).toEqual([]);
  });

  it("says where an app is registered and what becomes of the redirect URI", () => {
    expect(
      faults(({ method }) => {
        if (method.kind === "oauth2_device") return method.app.where.text ? [] : ["where"];
        if (method.kind !== "oauth2_code") return [];
        const tellsOf = method.app.notes.some((note) => /redirect[ _]URI/i.test(note));
        return method.app.where.text.length > 10 && tellsOf ? [] : ["the redirect URI"];
      }),
    ).toEqual([]);
  });

  it("says each permission in plain words, once", () => {
    expect(
      faults(({ method }) => {
        const scopes = "scopes" in method ? method.scopes : [];
        return scopes
          .filter(
            ({ scope, label, ...rest }, at) =>
              label === scope ||
              !/^[A-Z].*[A-Za-z)]$/s.test(label) ||
              /[:{}_]|\w\.\w/.test(label) ||
              (rest.required && !rest.default) ||
              scopes.findIndex((one) => one.scope === scope) !== at,
          )
          .map(({ scope }) => scope);
      }),
    ).toEqual([]);
  });

  it("tries a credential with a request that changes nothing", () => {
    const posts = faults(({ manifest, method }) =>
      manifest.test && manifest.test.method !== "GET" && method.kind !== "database"
        ? [`${manifest.test.method} ${manifest.test.url}`]
        : [],
    );
    expect([...new Set(posts)]).toEqual([
      "netsuite/oauth: POST /services/rest/query/v1/suiteql",
      "netsuite/certificate: POST /services/rest/query/v1/suiteql",
      "odoo/api-key: POST /json/2/res.users/context_get",
      "odoo/json-rpc: POST /jsonrpc",
      "snowflake/key-pair: POST /api/v2/statements",
      "snowflake/token: POST /api/v2/statements",
      "snowflake/oauth: POST /api/v2/statements",
      "slack/oauth: POST /api/auth.test",
      "slack/oauth-user: POST /api/auth.test",
      "slack/token: POST /api/auth.test",
      "aws/access-key: POST /",
    ]);
    expect(
      faults(({ manifest, method }) =>
        manifest.test || method.kind === "database" || manifest.id === "mcp" ? [] : ["no test"],
      ),
    ).toEqual([]);
  });
});

describe("a connector as one of its ways to sign in has it", () => {
  const jira = Manifest.parse(catalogue.find(({ id }) => id === "jira"));

  it("has only that way's parameters, discovery, base and test", () => {
    const cloud = forMethod(jira, "oauth");
    expect(cloud.params.map(({ name }) => name)).toEqual(["cloudId"]);
    expect(cloud.discover).toHaveLength(1);
    expect(cloud.request?.base).toBe("https://api.atlassian.com/ex/jira/{cloudId}");
    const server = forMethod(jira, "server-token");
    expect(server.params.map(({ name }) => name)).toEqual(["host"]);
    expect(server.discover).toEqual([]);
    expect(server.request?.base).toBe("https://{host}");
    expect(server.test?.url).toBe("/rest/api/2/myself");
  });
});
