import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const stripe = {
  id: "stripe",
  name: "Stripe",
  category: "finance",
  description: "Payments, customers, subscriptions and payouts of a Stripe account.",
  websiteUrl: "https://stripe.com",
  docsUrl: "https://docs.stripe.com",
  params: [
    {
      name: "stripeUserId",
      label: "Account ID",
      source: "token",
      pattern: "^acct_[A-Za-z0-9]+$",
      methods: ["oauth"],
    },
    {
      name: "account",
      label: "Connected account",
      required: false,
      default: "",
      help: "Only for platforms: the account each request is made for.",
      example: "acct_1032D82eZvKYlo2C",
      pattern: "^(acct_[A-Za-z0-9]+)?$",
      methods: ["restricted-key"],
    },
  ],
  auth: [
    {
      kind: "bearer",
      id: "restricted-key",
      label: "Restricted key",
      description: "For your own account, with the permissions you choose at Stripe.",
      fields: [
        {
          name: "token",
          label: "Key",
          pattern: "^[rs]k_(live|test)_\\S+$",
          help: "A restricted key begins with rk_. A secret key (sk_) works too, and may do everything.",
          where: {
            text: "Stripe Dashboard → Developers → API keys → Create restricted key",
            url: "https://dashboard.stripe.com/apikeys",
          },
        },
      ],
      present: [
        ...bearerOf("token"),
        { in: "header", name: "Stripe-Account", template: "{account}" },
      ],
    },
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Connect with Stripe",
      description: "For platforms: an account of somebody else, through Stripe Connect.",
      authorizeUrl: "https://connect.stripe.com/oauth/authorize",
      tokenUrl: "https://connect.stripe.com/oauth/token",
      pkce: "optional",
      expiry: { kind: "never" },
      capture: { stripeUserId: "/stripe_user_id" },
      revoke: {
        url: "https://connect.stripe.com/oauth/deauthorize",
        auth: "none",
        headers: { authorization: "Bearer {app.clientSecret}" },
        params: { client_id: "{app.clientId}", stripe_user_id: "{stripeUserId}" },
        which: "access",
      },
      scopes: [
        { scope: "read_write", label: "Read and change everything in the account", required: true },
      ],
      app: {
        where: {
          text: "Stripe Dashboard → Settings → Connect → Onboarding options → OAuth",
          url: "https://dashboard.stripe.com/settings/connect/onboarding-options/oauth",
        },
        notes: [
          "Switch on OAuth and enter the redirect URI.",
          "The client ID begins with ca_. The client secret is your platform's secret key (sk_).",
        ],
      },
    },
  ],
  request: { base: "https://api.stripe.com" },
  test: { url: "/v1/balance" },
  errors: { messagePointers: ["/error/message"] },
} satisfies ManifestData;
