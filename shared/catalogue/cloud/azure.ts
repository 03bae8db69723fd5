import {
  microsoftApp,
  microsoftCertificate,
  microsoftOAuth,
  tenantParams,
} from "../endpoints/microsoft";
import type { ManifestData } from "../manifest";

const resource = "https://management.azure.com";

export const azure = {
  id: "azure",
  name: "Microsoft Azure",
  category: "cloud",
  description: "Subscriptions, resource groups and resources, through Azure Resource Manager.",
  websiteUrl: "https://azure.microsoft.com",
  docsUrl: "https://learn.microsoft.com/rest/api/azure/",
  params: tenantParams(["oauth"], ["app", "certificate"]),
  auth: [
    {
      ...microsoftApp({ resource, label: "Service principal" }),
      description:
        "A client secret of an app registration. Give it a role under Access control (IAM) of the subscription or resource group.",
    },
    microsoftCertificate({ resource }),
    microsoftOAuth({
      scope: `offline_access ${resource}/user_impersonation`,
      permissions:
        "Under API permissions add Azure Service Management, delegated, user_impersonation.",
    }),
  ],
  request: { base: resource },
  test: {
    url: "/subscriptions",
    query: { "api-version": "2022-12-01" },
    account: "/value/0/displayName",
  },
  errors: {
    messagePointers: ["/error/message"],
    rateLimitHeaders: {
      remaining: "x-ms-ratelimit-remaining-subscription-reads",
      reset: "Retry-After",
    },
  },
} satisfies ManifestData;
