import { microsoftApp, microsoftOAuth, tenantParams } from "../endpoints/microsoft";
import type { ManifestData } from "../manifest";

const environment = "https://{environmentHost}";
const businessCentral = {
  base: "https://api.businesscentral.dynamics.com/v2.0/{tenant}/{environmentName}",
  test: { url: "/api/v2.0/companies", account: "/value/0/name" },
};
/** Finance and Operations has no WhoAmI. */
const finance = {
  test: { url: "/data/Companies", query: { $top: "1" }, account: "/value/0/Name" },
};

export const dynamics365 = {
  id: "dynamics365",
  name: "Dynamics 365",
  category: "erp",
  description: "Dataverse, Finance and Operations, and Business Central.",
  websiteUrl: "https://www.microsoft.com/dynamics-365",
  docsUrl: "https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview",
  params: [
    ...tenantParams(
      ["oauth", "finance"],
      ["app", "finance-app", "business-central", "business-central-app"],
    ),
    {
      name: "environmentHost",
      label: "Environment",
      help: "The host of the environment, without https://.",
      example: "acme.crm4.dynamics.com",
      pattern: "^[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.dynamics\\.com$",
      where: {
        text: "Power Platform admin center → Environments → the environment → Environment URL",
        url: "https://admin.powerplatform.microsoft.com",
      },
      methods: ["oauth", "app", "finance", "finance-app"],
    },
    {
      name: "environmentName",
      label: "Environment",
      default: "production",
      pattern: "^[A-Za-z0-9_-]+$",
      where: { text: "Business Central admin center → Environments" },
      methods: ["business-central", "business-central-app"],
    },
  ],
  // A token is for one of the three; it opens neither of the others.
  auth: [
    microsoftOAuth({
      label: "Sign in to Dataverse",
      scope: `offline_access ${environment}/.default`,
      permissions: "Under API permissions add Dynamics CRM, delegated, user_impersonation.",
    }),
    {
      ...microsoftApp({ resource: environment, label: "Dataverse with an app" }),
      description:
        "A client secret of an app registration. Add the app as an application user of the environment first.",
    },
    {
      ...microsoftOAuth({
        id: "finance",
        label: "Sign in to Finance and Operations",
        scope: `offline_access ${environment}/.default`,
        permissions: "Under API permissions add Dynamics ERP, delegated.",
      }),
      ...finance,
    },
    {
      ...microsoftApp({
        id: "finance-app",
        resource: environment,
        label: "Finance and Operations with an app",
      }),
      description:
        "A client secret of an app registration. Add it under System administration → Microsoft Entra applications first.",
      ...finance,
    },
    {
      ...microsoftOAuth({
        id: "business-central",
        label: "Sign in to Business Central",
        scope: "offline_access https://api.businesscentral.dynamics.com/.default",
        permissions:
          "Under API permissions add Dynamics 365 Business Central, delegated, Financials.ReadWrite.All.",
      }),
      ...businessCentral,
    },
    {
      ...microsoftApp({
        id: "business-central-app",
        resource: "https://api.businesscentral.dynamics.com",
        label: "Business Central with an app",
      }),
      description:
        "A client secret of an app registration. Add it under Microsoft Entra applications in Business Central first.",
      ...businessCentral,
    },
  ],
  request: {
    base: environment,
    headers: { Accept: "application/json", "OData-Version": "4.0", "OData-MaxVersion": "4.0" },
  },
  test: { url: "/api/data/v9.2/WhoAmI", account: "/UserId" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
