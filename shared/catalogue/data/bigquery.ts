import { googleOAuth, googleServiceAccount } from "../endpoints/google";
import type { ManifestData } from "../manifest";

const scopes = [
  {
    scope: "https://www.googleapis.com/auth/bigquery",
    label: "Read and change data in BigQuery and run queries",
    required: true,
  },
  {
    scope: "https://www.googleapis.com/auth/drive.readonly",
    label: "Query tables that lie in Google Drive",
    default: false,
  },
];

export const bigquery = {
  id: "bigquery",
  name: "BigQuery",
  category: "data",
  description: "Datasets, tables and queries of Google BigQuery.",
  websiteUrl: "https://cloud.google.com/bigquery",
  docsUrl: "https://cloud.google.com/bigquery/docs/reference/rest",
  auth: [googleServiceAccount({ scopes, asPerson: "optional" }), googleOAuth({ scopes })],
  request: { base: "https://bigquery.googleapis.com" },
  test: { url: "/bigquery/v2/projects", account: "/projects/0/friendlyName" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
