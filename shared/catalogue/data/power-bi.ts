import {
  microsoftApp,
  microsoftCertificate,
  microsoftOAuth,
  offlineAccess,
  tenantParams,
} from "../endpoints/microsoft";
import type { ManifestData } from "../manifest";

const resource = "https://analysis.windows.net/powerbi/api";

export const powerBi = {
  id: "power-bi",
  name: "Power BI",
  category: "data",
  description: "Workspaces, reports, datasets and refreshes of Power BI.",
  websiteUrl: "https://www.microsoft.com/power-platform/products/power-bi",
  docsUrl: "https://learn.microsoft.com/rest/api/power-bi/",
  params: tenantParams(["oauth"], ["app", "certificate"]),
  auth: [
    microsoftOAuth({
      scopes: [
        offlineAccess,
        {
          scope: `${resource}/.default`,
          label: "Everything the app registration was given in Power BI",
          required: true,
        },
      ],
      permissions:
        "Under API permissions add Power BI Service, delegated, for example Workspace.Read.All and Dataset.ReadWrite.All.",
    }),
    {
      ...microsoftApp({ resource, label: "Service principal" }),
      description:
        "A client secret of an app registration. An administrator admits service principals in the Power BI tenant settings and adds this one to a workspace.",
    },
    microsoftCertificate({ resource }),
  ],
  request: { base: "https://api.powerbi.com" },
  test: { url: "/v1.0/myorg/groups", query: { $top: "1" }, account: "/value/0/name" },
  errors: { messagePointers: ["/error/message", "/error/code"] },
} satisfies ManifestData;
