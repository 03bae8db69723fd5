import { googleOAuth, googleServiceAccount } from "../endpoints/google";
import type { ManifestData } from "../manifest";

const api = "https://www.googleapis.com/auth/gmail";
const scopes = [
  { scope: `${api}.readonly`, label: "Read your mail", required: true },
  { scope: `${api}.compose`, label: "Write drafts and send them", default: false },
  { scope: `${api}.send`, label: "Send mail as you", default: false },
  { scope: `${api}.labels`, label: "Change labels", default: false },
  { scope: `${api}.modify`, label: "Change everything but delete for good", default: false },
];

export const gmail = {
  id: "gmail",
  name: "Gmail",
  category: "productivity",
  description: "Messages, threads, drafts and labels of a Gmail mailbox.",
  websiteUrl: "https://mail.google.com",
  docsUrl: "https://developers.google.com/gmail/api",
  auth: [
    googleOAuth({
      scopes,
      notes: [
        "Reading mail is a restricted scope: an app for others than your organization needs Google's security assessment.",
      ],
    }),
    googleServiceAccount({ scopes, asPerson: "required" }),
  ],
  request: { base: "https://gmail.googleapis.com" },
  test: { url: "/gmail/v1/users/me/profile", account: "/emailAddress" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
