import {
  microsoftApp,
  microsoftCertificate,
  microsoftDevice,
  microsoftOAuth,
  offlineAccess,
  tenantParams,
} from "../endpoints/microsoft";
import type { ManifestData } from "../manifest";

const scopes = [
  offlineAccess,
  { scope: "User.Read", label: "See who you are", required: true },
  { scope: "Mail.Read", label: "Read your mail" },
  { scope: "Mail.ReadWrite", label: "Change and delete your mail", default: false },
  { scope: "Mail.Send", label: "Send mail as you", default: false },
  { scope: "Calendars.Read", label: "Read your calendars" },
  { scope: "Calendars.ReadWrite", label: "Change your calendars", default: false },
  { scope: "Contacts.Read", label: "Read your contacts", default: false },
  { scope: "Files.Read.All", label: "Read the files you can open" },
  { scope: "Files.ReadWrite.All", label: "Change the files you can open", default: false },
  { scope: "Sites.Read.All", label: "Read the SharePoint sites you can open", default: false },
  { scope: "Tasks.ReadWrite", label: "Read and change your tasks", default: false },
  { scope: "User.ReadBasic.All", label: "See the names of your colleagues", default: false },
];
const resource = "https://graph.microsoft.com";
/** What signs in as itself has no `/me`. */
const organization = { url: "/v1.0/organization", account: "/value/0/displayName" };

export const microsoft365 = {
  id: "microsoft-365",
  name: "Microsoft 365",
  category: "communication",
  description:
    "Outlook mail and calendars, OneDrive, SharePoint and people, through Microsoft Graph.",
  websiteUrl: "https://www.microsoft.com/microsoft-365",
  docsUrl: "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow",
  params: tenantParams(["oauth", "device"], ["app", "certificate"]),
  auth: [
    microsoftOAuth({
      scopes,
      permissions:
        "Under API permissions add Microsoft Graph, delegated, with those below. Some need an administrator's consent.",
    }),
    { ...microsoftApp({ resource }), test: organization },
    { ...microsoftCertificate({ resource }), test: organization },
    microsoftDevice(scopes),
  ],
  request: { base: resource },
  test: { url: "/v1.0/me", account: "/userPrincipalName" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
