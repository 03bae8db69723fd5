import { clientFields } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

const tokenUrl = "https://{shop}.myshopify.com/admin/oauth/access_token";
const present = (template: string) => [
  { in: "header" as const, name: "X-Shopify-Access-Token", template },
];
const dashboard = {
  text: "Shopify Dev Dashboard → Apps → Create app",
  url: "https://dev.shopify.com/dashboard",
};

export const shopify = {
  id: "shopify",
  name: "Shopify",
  category: "e-commerce",
  description: "Products, orders, customers and stock of a Shopify shop.",
  websiteUrl: "https://www.shopify.com",
  docsUrl: "https://shopify.dev/docs/apps/build/authentication-authorization",
  params: [
    {
      name: "shop",
      label: "Shop",
      help: "What stands before .myshopify.com in the address of the admin pages.",
      example: "acme-outlet",
      pattern: "^[a-z0-9][a-z0-9-]*$",
      where: { text: "Shopify admin → Settings → Domains", url: "https://admin.shopify.com" },
    },
  ],
  auth: [
    {
      kind: "oauth2_code",
      id: "oauth",
      label: "Sign in with Shopify",
      authorizeUrl: "https://{shop}.myshopify.com/admin/oauth/authorize",
      tokenUrl,
      // Without it a token never ends, and apps made from 2026 on get none.
      tokenParams: { expiring: "1" },
      pkce: "optional",
      callbackSignature: { param: "hmac", algorithm: "hmac-sha256-hex" },
      present: present("{token}"),
      rotation: "strict",
      refreshTokenSeconds: 7_776_000,
      scopeSeparator: ",",
      scopes: [
        { scope: "read_products", label: "Read products" },
        { scope: "write_products", label: "Add and change products", default: false },
        { scope: "read_orders", label: "Read orders of the last 60 days" },
        {
          scope: "read_all_orders",
          label: "Read all orders, which Shopify must allow the app",
          default: false,
        },
        { scope: "write_orders", label: "Change orders", default: false },
        { scope: "read_customers", label: "Read customers" },
        { scope: "write_customers", label: "Add and change customers", default: false },
        { scope: "read_inventory", label: "Read stock" },
        { scope: "write_inventory", label: "Change stock", default: false },
        { scope: "read_fulfillments", label: "Read shipments", default: false },
        { scope: "read_discounts", label: "Read discounts", default: false },
      ],
      app: {
        where: dashboard,
        notes: [
          "Enter the redirect URI under Versions → Redirect URLs.",
          "Orders and customers are protected data: ask for them under API access.",
        ],
      },
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "App of your own organization",
      description:
        "For a shop and an app of the same organization. Each token lives a day; the hub gets the next.",
      fields: clientFields({ ...dashboard, text: "Shopify Dev Dashboard → the app → Settings" }),
      tokenUrl,
      present: present("{token}"),
      expiry: { kind: "answer", defaultSeconds: 86_399 },
      sendScope: false,
    },
    {
      kind: "api_key",
      id: "admin-token",
      label: "Admin API token",
      description: "From a custom app that was made in the shop's admin pages.",
      fields: [
        {
          name: "apiKey",
          label: "Admin API access token",
          pattern: "^shp[a-z]{2}_\\S+$",
          help: "Shown once, right after the app was installed. It begins with shpat_.",
          where: {
            text: "Shopify admin → Settings → Apps and sales channels → Develop apps → the app → API credentials",
            url: "https://admin.shopify.com",
          },
        },
      ],
      present: present("{secret.apiKey}"),
    },
  ],
  request: { base: "https://{shop}.myshopify.com" },
  test: { url: "/admin/api/2026-10/shop.json", account: "/shop/name" },
  errors: {
    successWhen: [{ pointer: "/errors", is: "absent" }],
    messagePointers: ["/errors/0/message", "/errors"],
  },
} satisfies ManifestData;
