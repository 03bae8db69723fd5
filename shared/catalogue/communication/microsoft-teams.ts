import {
  microsoftApp,
  microsoftCertificate,
  microsoftOAuth,
  offlineAccess,
  tenantParams,
} from "../endpoints/microsoft";
import type { ManifestData } from "../manifest";

const resource = "https://graph.microsoft.com";
const organization = { url: "/v1.0/organization", account: "/value/0/displayName" };

export const microsoftTeams = {
  id: "microsoft-teams",
  name: "Microsoft Teams",
  category: "communication",
  description: "Teams, channels, chats and meetings, through Microsoft Graph.",
  websiteUrl: "https://www.microsoft.com/microsoft-teams",
  docsUrl: "https://learn.microsoft.com/graph/teams-concept-overview",
  params: tenantParams(["oauth"], ["app", "certificate"]),
  auth: [
    microsoftOAuth({
      scopes: [
        offlineAccess,
        { scope: "User.Read", label: "See who you are", required: true },
        { scope: "Team.ReadBasic.All", label: "See the teams you are in", required: true },
        { scope: "Channel.ReadBasic.All", label: "See their channels" },
        { scope: "ChannelMessage.Send", label: "Send messages in channels as you" },
        { scope: "ChannelMessage.Read.All", label: "Read messages in channels", default: false },
        { scope: "Chat.ReadWrite", label: "Read and send chat messages as you", default: false },
        {
          scope: "OnlineMeetings.ReadWrite",
          label: "Read and create your meetings",
          default: false,
        },
        { scope: "User.ReadBasic.All", label: "See the names of your colleagues", default: false },
      ],
      permissions:
        "Under API permissions add Microsoft Graph, delegated, with those below. Reading channel messages needs an administrator's consent.",
    }),
    { ...microsoftApp({ resource }), test: organization },
    { ...microsoftCertificate({ resource }), test: organization },
  ],
  request: { base: resource },
  test: { url: "/v1.0/me/joinedTeams", account: "/value/0/displayName" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
