import { api, basicOf, clientFields, keyed, type Documented } from "./documented";

const shop = "https://acme-outlet.myshopify.com";
const shopRoute = (version: string) => ({
  at: `${shop}/admin/api/${version}/shop.json`,
  answer: { shop: { name: "Acme" } },
});
const shopifyHeader = { "x-shopify-access-token": "{token}" };
const amazonRoute = {
  at: "https://sellingpartnerapi-eu.amazon.com/sellers/v1/marketplaceParticipations",
  answer: { payload: [{ storeName: "Acme" }] },
};
const amazonHeader = { "x-amz-access-token": "{token}" };
const storeConfigs = {
  at: "https://shop.acme.com/rest/default/V1/store/storeConfigs",
  answer: [{ base_url: "https://shop.acme.com/" }],
};
const wooRoute = {
  at: "https://acme.com/shop/wp-json/wc/v3/system_status",
  answer: { environment: { site_url: "https://acme.com/shop" } },
};

export const commerce: Documented[] = [
  {
    connector: "shopify",
    method: "oauth",
    params: { shop: "acme-outlet" },
    scopes: ["read_products", "read_orders"],
    vendor: {
      authorize: {
        at: `${shop}/admin/oauth/authorize`,
        scopes: { scope: "read_products,read_orders" },
        signed: true,
        extra: {
          shop: "acme-outlet.myshopify.com",
          host: "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvYWNtZQ==",
          timestamp: "1337178173",
        },
      },
      token: {
        at: `${shop}/admin/oauth/access_token`,
        clientAuth: "post",
        params: { expiring: "1" },
        rotation: "strict",
        omit: ["token_type"],
      },
      revoke: null,
      ...api(shopRoute("2026-10"), { headers: shopifyHeader }),
    },
    quirks: [
      "shop in the host",
      "redirect signed with the app's secret",
      "expiring=1",
      "no token_type",
      "commas between scopes",
      "X-Shopify-Access-Token",
    ],
  },
  {
    connector: "shopify",
    method: "client-credentials",
    params: { shop: "acme-outlet" },
    fields: clientFields,
    vendor: {
      token: {
        at: `${shop}/admin/oauth/access_token`,
        clientAuth: "post",
        params: { grant_type: "client_credentials" },
        expiresIn: 86_399,
        refreshTokens: "never",
      },
      ...api(shopRoute("2026-10"), { headers: shopifyHeader }),
    },
    quirks: ["a day's life"],
  },
  keyed("shopify", "admin-token", {
    params: { shop: "acme-outlet" },
    fields: { apiKey: "shpat_1234" },
    headers: { "x-shopify-access-token": "shpat_1234" },
    route: shopRoute("2026-10"),
  }),
  {
    connector: "amazon-selling-partner",
    method: "oauth",
    params: {
      endpoint: "sellingpartnerapi-eu",
      sellerCentral: "sellercentral.amazon.de",
      applicationId: "amzn1.sp.solution.1",
      appVersion: "beta",
    },
    vendor: {
      authorize: {
        at: "https://sellercentral.amazon.de/apps/authorize/consent",
        pkce: "forbidden",
        params: { application_id: "amzn1.sp.solution.1", version: "beta" },
        refuses: ["scope"],
        codeParam: "spapi_oauth_code",
        extra: { selling_partner_id: "A1ACME", mws_auth_token: "unused" },
      },
      token: { at: "https://api.amazon.com/auth/o2/token", clientAuth: "post", rotation: "none" },
      revoke: null,
      ...api(amazonRoute, { headers: amazonHeader }),
    },
    account: { sellingPartnerId: "A1ACME" },
    quirks: [
      "seller central per marketplace",
      "code named spapi_oauth_code",
      "selling_partner_id in the redirect",
      "no PKCE, no scopes",
      "x-amz-access-token",
    ],
  },
  {
    connector: "amazon-selling-partner",
    method: "self-authorized",
    params: { endpoint: "sellingpartnerapi-eu" },
    fields: { ...clientFields, longLivedToken: "Atzr|typed" },
    vendor: {
      token: {
        at: "https://api.amazon.com/auth/o2/token",
        clientAuth: "post",
        typedRefreshToken: "Atzr|typed",
        params: { grant_type: "refresh_token" },
      },
      ...api(amazonRoute, { headers: amazonHeader }),
    },
    quirks: ["refresh token made by hand"],
  },
  keyed("magento", "integration", {
    params: { host: "shop.acme.com", storeCode: "default" },
    fields: { token: "magento-token" },
    headers: { authorization: "Bearer magento-token" },
    route: storeConfigs,
    quirks: ["store in the path"],
  }),
  {
    connector: "magento",
    method: "administrator",
    params: { host: "shop.acme.com", storeCode: "default" },
    fields: { username: "hub", password: "secret" },
    vendor: {
      login: {
        at: "https://shop.acme.com/rest/default/V1/integration/admin/token",
        body: { username: "hub", password: "secret" },
        tokenAt: "",
      },
      ...api(storeConfigs),
    },
    quirks: ["the whole answer is the token"],
  },
  keyed("woocommerce", "keys", {
    params: { host: "acme.com", path: "/shop" },
    fields: { consumerKey: "ck_1", consumerSecret: "cs_2" },
    headers: basicOf("ck_1:cs_2"),
    route: wooRoute,
  }),
  keyed("woocommerce", "keys-in-address", {
    params: { host: "acme.com", path: "/shop" },
    fields: { consumerKey: "ck_1", consumerSecret: "cs_2" },
    query: { consumer_key: "ck_1", consumer_secret: "cs_2" },
    route: wooRoute,
    quirks: ["keys in the query, for hosts that drop the header"],
  }),
];
