import { bearerOf } from "../endpoints/fields";
import { hostPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

export const magento = {
  id: "magento",
  name: "Adobe Commerce (Magento)",
  category: "e-commerce",
  description: "Products, orders, customers and stock of an Adobe Commerce or Magento shop.",
  websiteUrl: "https://business.adobe.com/products/magento/magento-commerce.html",
  docsUrl: "https://developer.adobe.com/commerce/webapi/rest/",
  params: [
    {
      name: "host",
      label: "Host of the shop",
      help: "Without https://.",
      example: "shop.example.com",
      pattern: hostPattern,
    },
    {
      name: "storeCode",
      label: "Store view",
      default: "default",
      help: "all for every store view at once.",
      pattern: "^[A-Za-z0-9_]+$",
      where: { text: "Admin → Stores → All Stores → the store view → Code" },
    },
  ],
  auth: [
    {
      kind: "bearer",
      id: "integration",
      label: "Integration token",
      description:
        "Since 2.4.4 it works only with Stores → Configuration → Services → OAuth → Allow OAuth Access Tokens to be used as standalone Bearer tokens.",
      fields: [
        {
          name: "token",
          label: "Access token",
          where: {
            text: "Admin → System → Extensions → Integrations → Add New Integration → Activate",
          },
        },
      ],
      present: bearerOf("token"),
    },
    {
      kind: "session",
      id: "administrator",
      label: "Administrator",
      description:
        "Name and password of an administrator. Not for those who sign in with a second factor.",
      fields: [
        { name: "username", label: "Name", input: "text" },
        { name: "password", label: "Password" },
      ],
      login: {
        method: "POST",
        url: "https://{host}/rest/{storeCode}/V1/integration/admin/token",
        body: { username: "{secret.username}", password: "{secret.password}" },
      },
      // The answer is nothing but the token.
      tokenPointers: [""],
      lifetimeSeconds: 14_400,
    },
  ],
  request: { base: "https://{host}" },
  test: { url: "/rest/{storeCode}/V1/store/storeConfigs", account: "/0/base_url" },
  errors: { messagePointers: ["/message"] },
} satisfies ManifestData;
