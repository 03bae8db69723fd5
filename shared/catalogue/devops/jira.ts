import { atlassian } from "../endpoints/atlassian";
import type { ManifestData } from "../manifest";

export const jira = {
  id: "jira",
  name: "Jira",
  category: "devops",
  description: "Issues, projects, boards and sprints, in Jira Cloud or Data Center.",
  websiteUrl: "https://www.atlassian.com/software/jira",
  docsUrl: "https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/",
  ...atlassian({
    product: "jira",
    scopes: [
      { scope: "read:jira-user", label: "See people and who you are", required: true },
      { scope: "read:jira-work", label: "Read projects and issues" },
      { scope: "write:jira-work", label: "Add and change issues and comments" },
      { scope: "manage:jira-project", label: "Change projects", default: false },
      { scope: "manage:jira-webhook", label: "Set up webhooks", default: false },
    ],
    cloudTest: { url: "/rest/api/3/myself", account: "/displayName" },
    serverTest: { url: "/rest/api/2/myself", account: "/displayName" },
  }),
} satisfies ManifestData;
