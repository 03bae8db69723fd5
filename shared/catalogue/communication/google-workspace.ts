import { googleOAuth, googleServiceAccount } from "../endpoints/google";
import type { ManifestData } from "../manifest";

const api = "https://www.googleapis.com/auth";
/** The test asks who this is: that works whichever of the others were granted. */
const scopes = [
  { scope: `${api}/userinfo.email`, label: "See your address", required: true },
  { scope: `${api}/calendar.events`, label: "Read and change events in your calendars" },
  { scope: `${api}/drive.file`, label: "Read and change files made or opened with this hub" },
  { scope: `${api}/drive.readonly`, label: "Read all your files", default: false },
  { scope: `${api}/documents`, label: "Read and change your documents", default: false },
  { scope: `${api}/spreadsheets`, label: "Read and change your spreadsheets", default: false },
  { scope: `${api}/contacts.readonly`, label: "Read your contacts", default: false },
  { scope: `${api}/chat.messages`, label: "Read and send chat messages", default: false },
  {
    scope: `${api}/admin.directory.user.readonly`,
    label: "Read your organization's people",
    default: false,
  },
  {
    scope: `${api}/admin.directory.group.readonly`,
    label: "Read your organization's groups",
    default: false,
  },
];

export const googleWorkspace = {
  id: "google-workspace",
  name: "Google Workspace",
  category: "communication",
  description: "Calendar, Docs, Sheets, Chat, contacts and the directory of a Google Workspace.",
  websiteUrl: "https://workspace.google.com",
  docsUrl: "https://developers.google.com/identity/protocols/oauth2/web-server",
  auth: [
    googleOAuth({
      scopes,
      notes: [
        "What Google calls sensitive or restricted needs its review, unless the app is internal.",
      ],
    }),
    googleServiceAccount({ scopes, asPerson: "optional" }),
  ],
  request: { base: "https://www.googleapis.com" },
  test: { url: "/oauth2/v3/userinfo", account: "/email" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
