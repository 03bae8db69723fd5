import { expect, it } from "vitest";
import { catalogue } from "./all";
import { forMethod } from "./for-method";
import { Manifest, type AuthMethod } from "./manifest";

/**
 * What vendors and those who connect to them have published, as it was collected: authorize endpoint, token endpoint,
 * separator of scopes, PKCE (on, off, required), client authentication and body at the token endpoint, a request that
 * reads. `{}` is a parameter, `-` is nothing known.
 */
const facts = `
  sap-s4hana | - | https://{}.authentication.{}.hana.ondemand.com/oauth/token | , | - | basic | form | GET /sap/opu/odata/sap/API_PRODUCT_SRV/A_Product
  netsuite | https://{}.app.netsuite.com/app/login/oauth2/authorize.nl | https://{}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token | space | on | post | form | POST /services/rest/query/v1/suiteql
  dynamics365 | https://login.microsoftonline.com/{}/oauth2/authorize | https://login.microsoftonline.com/{}/oauth2/token | space | on | post | form | GET /api/data/v9.2/WhoAmI
  odoo | - | - | - | - | - | - | POST /json/2/res.users/context_get
  sage-intacct | https://api.intacct.com/ia/api/v1/oauth2/authorize | https://api.intacct.com/ia/api/v1/oauth2/token | space | on | post | form | GET /ia/api/v1/services/core/model
  salesforce | https://{}/services/oauth2/authorize | https://{}/services/oauth2/token | space | on | post | form | GET /services/oauth2/userinfo
  hubspot | https://app.hubspot.com/oauth/authorize | https://api.hubapi.com/oauth/v1/token | space | on | post | form | GET /account-info/v3/details
  hubspot-marketing | https://app.hubspot.com/oauth/authorize | https://api.hubapi.com/oauth/v1/token | space | on | post | form | GET /account-info/v3/details
  pipedrive | https://oauth.pipedrive.com/oauth/authorize | https://oauth.pipedrive.com/oauth/token | space | off | basic | form | GET /v1/users/me
  zoho-crm | https://accounts.zoho.{}/oauth/v2/auth | https://accounts.zoho.{}/oauth/v2/token | , | on | post | form | GET /crm/v8/org
  workday | https://{}/{}/authorize | https://{}/ccx/oauth2/{}/token | space | on | basic | form | GET /staffing/v6/workers
  bamboohr | https://{}.bamboohr.com/authorize.php | https://{}.bamboohr.com/token.php | space | on | post | form | GET /api/v1/employees/directory
  personio | - | https://api.personio.de/v2/auth/token | space | - | post | form | GET /v2/persons
  sap-successfactors | - | https://{}/oauth/token | - | - | - | - | GET /odata/v2/User
  quickbooks | https://appcenter.intuit.com/connect/oauth2 | https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer | space | on | post | form | GET /v3/company/{}/companyinfo/{}
  xero | https://login.xero.com/identity/connect/authorize | https://identity.xero.com/connect/token | space | on | post | form | GET /connections
  datev | https://login.datev.de/openid/authorize | https://api.datev.de/token | space | required | basic | form | GET /platform/v2/clients
  stripe | https://connect.stripe.com/oauth/authorize | https://connect.stripe.com/oauth/token | space | on | post | form | GET /v1/balance
  lexoffice | - | - | - | - | - | - | GET /v1/profile
  sage-accounting | https://www.sageone.com/oauth2/auth/central | https://oauth.accounting.sage.com/token | space | on | post | form | GET /v3.1/financial_settings
  snowflake | https://{}/oauth/authorize | https://{}/oauth/token-request | space | on | basic | form | POST /api/v2/statements
  databricks | - | https://{}/oidc/v1/token | space | - | post | form | GET /api/2.0/preview/scim/v2/Me
  bigquery | https://accounts.google.com/o/oauth2/v2/auth | https://oauth2.googleapis.com/token | space | on | post | form | GET /bigquery/v2/projects
  tableau | - | https://{}/api/{}/auth/signin | - | - | - | - | GET /api/{}/sessions/current
  power-bi | https://login.microsoftonline.com/common/oauth2/v2.0/authorize | https://login.microsoftonline.com/common/oauth2/v2.0/token | space | on | post | form | GET /v1.0/myorg/groups
  mailchimp | https://login.mailchimp.com/oauth2/authorize | https://login.mailchimp.com/oauth2/token | space | on | post | form | GET /3.0/ping
  activecampaign | - | - | - | - | - | - | GET /api/3/users/me
  sendgrid | - | - | - | - | - | - | GET /v3/scopes
  shopify | https://{}.myshopify.com/admin/oauth/authorize | https://{}.myshopify.com/admin/oauth/access_token | , | on | post | form | GET /admin/api/{}/shop.json
  woocommerce | - | - | - | - | - | - | GET /wp-json/wc/v3/system_status
  magento | - | - | - | - | - | - | GET /rest/{}/V1/store/storeConfigs
  amazon-selling-partner | https://{}/apps/authorize/consent | https://api.amazon.com/auth/o2/token | space | off | post | form | GET /sellers/v1/marketplaceParticipations
  slack | https://slack.com/oauth/v2/authorize | https://slack.com/api/oauth.v2.access | , | off | post | form | POST /api/auth.test
  microsoft-teams | https://login.microsoftonline.com/common/oauth2/v2.0/authorize | https://login.microsoftonline.com/common/oauth2/v2.0/token | space | on | post | form | GET /v1.0/me/joinedTeams
  google-workspace | https://accounts.google.com/o/oauth2/v2/auth | https://oauth2.googleapis.com/token | space | on | post | form | GET /drive/v3/about
  microsoft-365 | https://login.microsoftonline.com/common/oauth2/v2.0/authorize | https://login.microsoftonline.com/common/oauth2/v2.0/token | space | on | post | form | GET /v1.0/me
  github | https://github.com/login/oauth/authorize | https://github.com/login/oauth/access_token | space | on | post | form | GET /user
  gitlab | https://gitlab.com/oauth/authorize | https://gitlab.com/oauth/token | space | on | post | form | GET /api/v4/user
  jira | https://auth.atlassian.com/authorize | https://auth.atlassian.com/oauth/token | space | on | post | form | GET /rest/api/3/myself
  confluence | https://auth.atlassian.com/authorize | https://auth.atlassian.com/oauth/token | space | on | post | form | GET /wiki/rest/api/user/current
  aws | - | - | - | - | - | - | POST /
  azure | - | https://login.microsoftonline.com/{}/oauth2/v2.0/token | space | - | post | form | GET /subscriptions
  gcp | - | https://oauth2.googleapis.com/token | - | - | - | - | GET /v3/projects:search
  digitalocean | https://cloud.digitalocean.com/v1/oauth/authorize | https://cloud.digitalocean.com/v1/oauth/token | space | on | post | form | GET /v2/account
  cloudflare | - | - | - | - | - | - | GET /client/v4/user/tokens/verify
  elasticsearch | - | - | - | - | - | - | GET /_security/_authenticate
  gmail | https://accounts.google.com/o/oauth2/v2/auth | https://oauth2.googleapis.com/token | space | on | post | form | GET /gmail/v1/users/me/profile
  google-drive | https://accounts.google.com/o/oauth2/v2/auth | https://oauth2.googleapis.com/token | space | on | post | form | GET /drive/v3/about
  notion | https://api.notion.com/v1/oauth/authorize | https://api.notion.com/v1/oauth/token | space | on | basic | json | GET /v1/users/me
  vercel | - | - | - | - | - | - | GET /v2/user
  airtable | https://airtable.com/oauth2/v1/authorize | https://airtable.com/oauth2/v1/token | space | required | basic | form | GET /v0/meta/whoami`;

/** Where a manifest says something else, and why. */
const onPurpose: Record<string, string> = {
  "sap-s4hana separator": "no scopes are asked for, so none are separated",
  "dynamics365 authorize": "version 2 of the endpoint, which takes scopes in place of a resource",
  "dynamics365 token": "version 2 of the endpoint, which takes scopes in place of a resource",
  "hubspot token": "version 3, to which the revocation endpoint belongs; version 1 is the old one",
  "hubspot-marketing token":
    "version 3, to which the revocation endpoint belongs; version 1 is the old one",
  "zoho-crm authorize": "a whole host is chosen: Canada's does not end in zoho and a country",
  "zoho-crm token":
    "the host comes with the redirect: an account may live elsewhere than it was asked for",
  "workday test": "the tenant stands in the path of every request",
  "bamboohr test": "the directory of a large company is a large answer; this one stays small",
  "quickbooks auth": "Intuit documents the header; peers do both",
  "xero auth": "Xero documents the header; peers do both",
  "xero test": "also proves that the organisation chosen opens",
  "snowflake authorize": "asks for the account, so that no other host can be named",
  "snowflake token": "asks for the account, so that no other host can be named",
  "databricks auth": "Databricks documents the header for service principals",
  "power-bi authorize": "the tenant is a parameter whose default is common",
  "power-bi token": "the tenant is a parameter whose default is common",
  "mailchimp test": "ping says nothing of the account; the root does",
  "shopify test": "a version of the API is named; Shopify serves the next where it is gone",
  "microsoft-teams authorize": "the tenant is a parameter whose default is common",
  "microsoft-teams token": "the tenant is a parameter whose default is common",
  "google-workspace test":
    "works whichever of the permissions were granted, not only those for Drive",
  "microsoft-365 authorize": "the tenant is a parameter whose default is common",
  "microsoft-365 token": "the tenant is a parameter whose default is common",
  "gitlab authorize": "the host is a parameter whose default is gitlab.com",
  "gitlab token": "the host is a parameter whose default is gitlab.com",
};

type Row = Record<"authorize" | "token" | "separator" | "pkce" | "auth" | "body" | "test", string>;
const columns = ["authorize", "token", "separator", "pkce", "auth", "body", "test"] as const;
const rows = facts
  .trim()
  .split("\n")
  .map((line) => {
    const [vendor = "", ...cells] = line.trim().split(" | ");
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? "-"]));
    return { vendor, row: row as Row };
  });

const bare = (template: string | undefined) => template?.replaceAll(/\{[^}]*\}/g, "{}") ?? "-";

/** The way a fact is about: consent where it names an authorize endpoint, else what gets a token, else the first. */
function wayOf({ auth }: Manifest, row: Row): AuthMethod | undefined {
  if (row.authorize !== "-") return auth.find(({ kind }) => kind === "oauth2_code");
  if (row.token !== "-") return auth.find((method) => tokenUrlOf(method) !== undefined);
  return auth[0];
}

function tokenUrlOf(method: AuthMethod): string | undefined {
  if (method.kind === "session") return method.login.url;
  if (method.kind === "signed_jwt") return method.exchange?.tokenUrl;
  return "tokenUrl" in method ? method.tokenUrl : undefined;
}

function saidBy(manifest: Manifest, method: AuthMethod): Row {
  const { test } = forMethod(manifest, method.id);
  const path = bare(test?.url).replace(/^https:\/\/[^/]*/, "");
  return {
    authorize: "authorizeUrl" in method ? bare(method.authorizeUrl) : "-",
    token: bare(tokenUrlOf(method)),
    separator: "scopeSeparator" in method ? method.scopeSeparator.replace(" ", "space") : "-",
    pkce:
      "pkce" in method
        ? { required: "required", optional: "on", forbidden: "off" }[method.pkce]
        : "-",
    auth: "clientAuth" in method ? method.clientAuth : "-",
    body: "tokenBody" in method ? method.tokenBody : "-",
    test: `${test?.method ?? ""} ${path}`,
  };
}

const differences = rows.flatMap(({ vendor, row }) => {
  const manifest = Manifest.parse(catalogue.find(({ id }) => id === vendor));
  const method = wayOf(manifest, row);
  if (!method) return [`${vendor} has no such way to sign in`];
  const said = saidBy(manifest, method);
  return (
    columns
      .filter((column) => row[column] !== "-" && row[column] !== said[column])
      // Who requires it also sends it.
      .filter((column) => !(row[column] === "on" && said[column] === "required"))
      .map((column) => `${vendor} ${column}`)
  );
});

it("says of each vendor what is known of it, but for what is said otherwise on purpose", () => {
  expect(differences).toEqual(Object.keys(onPurpose));
});
