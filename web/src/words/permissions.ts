import type { Permission } from "../../../shared/roles";

type Said = { name: string; means: string };

/** What a permission lets somebody do, as one says it to a person. */
const said: Record<Permission, Said> = {
  "connections.read": { name: "See connections", means: "Which servers are connected, and how." },
  "connections.write": {
    name: "Change connections",
    means: "Add, change and remove them, and say who may use them.",
  },
  "connections.own": {
    name: "Have connections of one’s own",
    means: "With one’s own account at a vendor; nobody else can use them.",
  },
  "secrets.read": { name: "See secrets", means: "Their names and uses, never their values." },
  "secrets.write": { name: "Change secrets", means: "Add, replace and delete them." },
  "tools.read": { name: "See tools", means: "Names, descriptions and what they take." },
  "tools.write": { name: "Change tools", means: "Accept changed ones, set their time limits." },
  "tools.call": { name: "Run tools", means: "Through the dashboard, an AI client or the API." },
  "executions.read": { name: "See activity", means: "Every call, with what went in and came out." },
  "executions.manage": {
    name: "Steer others’ calls",
    means: "Stop, cancel and retry what somebody else began.",
  },
  "audit.read": { name: "Read the audit log", means: "Who changed what, from where; export it." },
  "keys.write": { name: "Have API keys", means: "Make and revoke keys of one’s own." },
  "keys.manage": { name: "Manage all API keys", means: "See and revoke everybody’s keys." },
  "clients.manage": {
    name: "Manage AI clients",
    means: "Cut off everybody’s clients, keep machine clients.",
  },
  "members.read": { name: "See the team", means: "Who is in it, and with which role." },
  "members.manage": { name: "Manage members", means: "Invite, change roles and remove people." },
  "roles.manage": { name: "Manage roles", means: "Make, change and delete the team’s own roles." },
  "team.manage": { name: "Change the team", means: "Its name and its security rules." },
  "team.delete": { name: "Delete the team", means: "With everything that belongs to it." },
};

const groups: { title: string; permissions: Permission[] }[] = [
  {
    title: "Connections and tools",
    permissions: [
      "connections.read",
      "connections.write",
      "connections.own",
      "secrets.read",
      "secrets.write",
      "tools.read",
      "tools.write",
      "tools.call",
      "executions.read",
      "executions.manage",
    ],
  },
  { title: "Keys and clients", permissions: ["keys.write", "keys.manage", "clients.manage"] },
  {
    title: "Team",
    permissions: [
      "members.read",
      "members.manage",
      "roles.manage",
      "audit.read",
      "team.manage",
      "team.delete",
    ],
  },
];

export const permissionWords = { said, groups };
