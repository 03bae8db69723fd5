import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

export const tableau = {
  id: "tableau",
  name: "Tableau",
  category: "data",
  description: "Workbooks, views, data sources and people of a Tableau site.",
  websiteUrl: "https://www.tableau.com",
  docsUrl: "https://help.tableau.com/current/api/rest_api/en-us/",
  params: [
    {
      name: "host",
      label: "Host",
      help: "Of your pod of Tableau Cloud, or of your own server, without https://.",
      example: "eu-west-1a.online.tableau.com",
      pattern: hostPattern,
    },
    {
      name: "version",
      label: "Version of the API",
      default: "3.26",
      help: "An older server has a lower one.",
      pattern: "^[0-9]\\.[0-9]{1,2}$",
    },
    {
      name: "site",
      label: "Site",
      required: false,
      default: "",
      help: "What stands after /site/ in the address. Empty for the default site of a server.",
      example: "acme",
      pattern: "^[A-Za-z0-9_-]*$",
    },
    { name: "siteId", label: "Site ID", source: "token", pattern: "^[0-9a-fA-F-]{36}$" },
  ],
  auth: [
    {
      kind: "session",
      id: "personal-access-token",
      label: "Personal access token",
      description:
        "Make one for this hub alone: who signs in with the same token elsewhere ends the session here.",
      fields: [
        { name: "tokenName", label: "Name of the token", input: "text" },
        {
          name: "tokenSecret",
          label: "Secret of the token",
          help: "Shown once, when it is made. It ends when nobody uses it for 15 days.",
          where: {
            text: "Tableau → My Account Settings → Personal Access Tokens → Create new token",
          },
        },
      ],
      login: {
        method: "POST",
        url: "https://{host}/api/{version}/auth/signin",
        headers: { Accept: "application/json" },
        body: {
          credentials: {
            personalAccessTokenName: "{secret.tokenName}",
            personalAccessTokenSecret: "{secret.tokenSecret}",
            site: { contentUrl: "{site}" },
          },
        },
      },
      tokenPointers: ["/credentials/token"],
      capture: { siteId: "/credentials/site/id" },
      // Of Tableau Cloud; a server gives twice as long.
      lifetimeSeconds: 7200,
      present: [{ in: "header", name: "X-Tableau-Auth", template: "{token}" }],
      logout: {
        method: "POST",
        url: "https://{host}/api/{version}/auth/signout",
        headers: { "X-Tableau-Auth": "{token}" },
      },
    },
  ],
  request: { base: "https://{host}", headers: { Accept: "application/json" } },
  test: { url: "/api/{version}/sessions/current", account: "/session/user/name" },
  errors: { messagePointers: ["/error/detail", "/error/summary"] },
} satisfies ManifestData;
