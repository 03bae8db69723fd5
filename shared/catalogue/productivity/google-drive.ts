import { googleOAuth, googleServiceAccount } from "../endpoints/google";
import type { ManifestData } from "../manifest";

const api = "https://www.googleapis.com/auth/drive";
const scopes = [
  {
    scope: `${api}.file`,
    label: "Read and change files made or opened with this hub",
    required: true,
  },
  {
    scope: `${api}.metadata.readonly`,
    label: "See names and places of all your files",
    default: false,
  },
  { scope: `${api}.readonly`, label: "Read all your files", default: false },
  { scope: api, label: "Read, change and delete all your files", default: false },
];

export const googleDrive = {
  id: "google-drive",
  name: "Google Drive",
  category: "productivity",
  description: "Files and folders of a Google Drive, shared drives too.",
  websiteUrl: "https://drive.google.com",
  docsUrl: "https://developers.google.com/drive/api",
  auth: [googleOAuth({ scopes }), googleServiceAccount({ scopes, asPerson: "optional" })],
  request: { base: "https://www.googleapis.com" },
  test: { url: "/drive/v3/about", query: { fields: "user" }, account: "/user/emailAddress" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
