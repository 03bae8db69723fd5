import { atlassian } from "../endpoints/atlassian";
import type { ManifestData } from "../manifest";

export const confluence = {
  id: "confluence",
  name: "Confluence",
  category: "devops",
  description: "Spaces, pages, comments and attachments, in Confluence Cloud or Data Center.",
  websiteUrl: "https://www.atlassian.com/software/confluence",
  docsUrl: "https://developer.atlassian.com/cloud/confluence/rest/v2/",
  ...atlassian({
    product: "confluence",
    scopes: [
      { scope: "read:confluence-user", label: "See people and who you are", required: true },
      { scope: "search:confluence", label: "Search" },
      { scope: "read:space:confluence", label: "See spaces" },
      { scope: "read:page:confluence", label: "Read pages" },
      { scope: "read:comment:confluence", label: "Read comments" },
      { scope: "read:attachment:confluence", label: "Read attachments", default: false },
      { scope: "write:page:confluence", label: "Add and change pages", default: false },
      { scope: "write:comment:confluence", label: "Add comments", default: false },
    ],
    cloudTest: { url: "/wiki/rest/api/user/current", account: "/displayName" },
    serverTest: { url: "/rest/api/user/current", account: "/displayName" },
  }),
} satisfies ManifestData;
