import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

const where = { text: "WordPress → WooCommerce → Settings → Advanced → REST API → Add key" };
const fields = [
  {
    name: "consumerKey",
    label: "Consumer key",
    input: "text" as const,
    pattern: "^ck_\\S+$",
    help: "It begins with ck_.",
    where,
  },
  {
    name: "consumerSecret",
    label: "Consumer secret",
    pattern: "^cs_\\S+$",
    help: "It begins with cs_, and is shown once.",
    where,
  },
];

export const woocommerce = {
  id: "woocommerce",
  name: "WooCommerce",
  category: "e-commerce",
  description: "Products, orders, customers and coupons of a WooCommerce shop.",
  websiteUrl: "https://woocommerce.com",
  docsUrl: "https://woocommerce.github.io/woocommerce-rest-api-docs/",
  params: [
    {
      name: "host",
      label: "Host of the shop",
      help: "Without https://. The shop must be reachable over https.",
      example: "shop.example.com",
      pattern: hostPattern,
    },
    {
      name: "path",
      label: "Folder",
      required: false,
      default: "",
      help: "Only where WordPress does not lie at the top of the host.",
      example: "/shop",
      pattern: "^(/[A-Za-z0-9_-]+)*$",
    },
  ],
  auth: [
    { kind: "basic", id: "keys", label: "Consumer key and secret", fields },
    {
      kind: "api_key",
      id: "keys-in-address",
      label: "Consumer key and secret in the address",
      description:
        "For hosts that take the Authorization header away. The keys then stand in the shop's own logs.",
      fields,
      present: [
        { in: "query", name: "consumer_key", template: "{secret.consumerKey}" },
        { in: "query", name: "consumer_secret", template: "{secret.consumerSecret}" },
      ],
    },
  ],
  request: { base: "https://{host}{path}" },
  test: {
    url: "/wp-json/wc/v3/system_status",
    query: { _fields: "environment.site_url" },
    account: "/environment/site_url",
  },
  errors: { messagePointers: ["/message"] },
} satisfies ManifestData;
