import { googleOAuth, googleServiceAccount } from "../endpoints/google";
import type { ManifestData } from "../manifest";

const scopes = [
  {
    scope: "https://www.googleapis.com/auth/cloud-platform",
    label: "Everything the account may do in Google Cloud",
    required: true,
  },
];

export const gcp = {
  id: "gcp",
  name: "Google Cloud",
  category: "cloud",
  description: "Projects and resources of Google Cloud, through each service's API.",
  websiteUrl: "https://cloud.google.com",
  docsUrl: "https://cloud.google.com/apis/docs/overview",
  params: [
    {
      name: "quotaProject",
      label: "Project that pays",
      required: false,
      default: "",
      help: "Whose quota requests count against. Left empty: the one the credential belongs to.",
      example: "acme-prod-1234",
      pattern: "^([a-z][a-z0-9.:-]{4,61}[a-z0-9])?$",
    },
  ],
  auth: [googleServiceAccount({ scopes, asPerson: "optional" }), googleOAuth({ scopes })],
  request: {
    base: "https://cloudresourcemanager.googleapis.com",
    headers: { "x-goog-user-project": "{quotaProject}" },
  },
  test: {
    url: "/v3/projects:search",
    query: { pageSize: "1" },
    account: "/projects/0/displayName",
  },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
