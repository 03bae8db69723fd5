// What the hub answers on the pages of signing in and of one's own account.
import type { Account, Session } from "../../shared/contracts/account.ts";
import type { AuthMethods, Outbox, Passkey } from "../../shared/contracts/auth.ts";
import type { MyInvitations, ShownInvitation } from "../../shared/contracts/members.ts";
import { Refusal } from "./answers.ts";

const day = 86_400_000;
const now = Date.now();

export const methods: AuthMethods = {
  password: true,
  signUp: "open",
  passkeys: true,
  providers: [
    { id: "github", name: "GitHub" },
    { id: "google", name: "Google" },
  ],
  outbox: true,
  setUp: true,
};
export const account: Account = {
  person: {
    id: "per_01k5x8a1qv2h7c9d4e6f8g0h2j",
    name: "Ada Lovelace",
    email: "ada@example.com",
    emailVerified: true,
    image: null,
  },
  session: {
    id: "ses_01k5x8a1qv2h7c9d4e6f8g0h2j",
    expiresAt: now + 7 * day,
    secondFactorAt: null,
  },
  teamId: "team_01k5x8a1qv2h7c9d4e6f8g0h2j",
  teams: [
    { id: "team_01k5x8a1qv2h7c9d4e6f8g0h2j", name: "Support", role: "owner" },
    { id: "team_01k5x8a1qv2h7c9d4e6f8g0h2k", name: "Research and development", role: "viewer" },
  ],
  secondFactor: { enabled: false },
  hasPassword: true,
  providers: [],
};
export const withFactor: Account = { ...account, secondFactor: { enabled: true } };
export const withoutEmail: Account = {
  ...account,
  person: { ...account.person, email: null, emailVerified: false },
  hasPassword: false,
};
export const unconfirmed: Account = {
  ...account,
  person: { ...account.person, emailVerified: false },
  providers: [{ id: "github", name: "GitHub" }],
};
export const invitations: MyInvitations = {
  items: [
    {
      id: "inv_01k5x8a1qv2h7c9d4e6f8g0h2j",
      team: { id: "team_01k5x8a1qv2h7c9d4e6f8g0h2m", name: "Billing" },
      role: "operator",
      invitedBy: "Grace Hopper",
      expiresAt: now + 6 * day,
    },
  ],
};
export const sessions: { items: Session[] } = {
  items: [
    {
      id: "ses_01k5x8a1qv2h7c9d4e6f8g0h2j",
      current: true,
      createdAt: now - day,
      expiresAt: now + 6 * day,
      address: "203.0.113.7",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    },
    {
      id: "ses_01k5x8a1qv2h7c9d4e6f8g0h2k",
      current: false,
      createdAt: now - 3 * day,
      expiresAt: now + 4 * day,
      address: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
    },
    {
      id: "ses_01k5x8a1qv2h7c9d4e6f8g0h2m",
      current: false,
      createdAt: now - 5 * day,
      expiresAt: now + 2 * day,
      address: null,
      userAgent: null,
    },
  ],
};
export const passkeys: Passkey[] = [
  {
    id: "pas_01k5x8a1qv2h7c9d4e6f8g0h2j",
    name: "Firefox on Linux",
    createdAt: now - 30 * day,
    deviceType: "multiDevice",
    backedUp: true,
  },
  {
    id: "pas_01k5x8a1qv2h7c9d4e6f8g0h2k",
    name: null,
    createdAt: now - 2 * day,
    deviceType: "singleDevice",
    backedUp: false,
  },
];
export const backupCodes = Array.from({ length: 10 }, (_, n) => `9Jv${n}x-7Ld${9 - n}m`);
export const totpURI =
  "otpauth://totp/Plugboard:ada%40example.com?secret=KRSXG5CTMVRXEZLUKN2XAZLSKRSXG5CTMVRXEZLU&issuer=Plugboard&digits=6&period=30";
export const shownInvitation: ShownInvitation = {
  team: { id: "team_01k5x8a1qv2h7c9d4e6f8g0h2m", name: "Billing" },
  email: "ada@example.com",
  role: "operator",
  invitedBy: "Grace Hopper",
  expiresAt: now + 6 * day,
  hasAccount: false,
};
export const outbox: Outbox = {
  items: [
    {
      id: "mail_01k5x8a1qv2h7c9d4e6f8g0h2k",
      to: "ada@example.com",
      subject: "Set a new password",
      text: "A new password was asked for.\n\nOpen this link to set one. It is good for one hour, once:\n\nhttps://elsewhere.example/reset-password?token=8fK2xQ\n",
      at: now - 60_000,
    },
    {
      id: "mail_01k5x8a1qv2h7c9d4e6f8g0h2j",
      to: "ada@example.com",
      subject: "Confirm your email address",
      text: "Somebody made an account with this address.\n",
      at: now - 3_600_000,
    },
  ],
};
export const signedOutHere = new Refusal(401, "unauthorized", "Sign in to go on.");
export const linkSpent = new Refusal(
  410,
  "link_expired",
  "This link is not good any more: it was used already, or it has expired. Ask for a new one.",
);
export const factorRequired = new Refusal(
  403,
  "second_factor_required",
  "This needs your second factor. Show it, then try again.",
);
export const own = {
  "v1/account": account,
  "v1/account/invitations": invitations,
  "v1/account/sessions": sessions,
  "auth/passkey/list-user-passkeys": passkeys,
  "auth/methods": methods,
};
