import { clientFields } from "../endpoints/fields";
import { hostPattern, labelPattern } from "../endpoints/hosts";
import type { ManifestData } from "../manifest";

export const sapS4hana = {
  id: "sap-s4hana",
  name: "SAP S/4HANA",
  category: "erp",
  description: "Business partners, orders, products and ledgers of SAP S/4HANA, through OData.",
  websiteUrl: "https://www.sap.com/products/erp/s4hana.html",
  docsUrl: "https://api.sap.com",
  params: [
    {
      name: "apiServer",
      label: "API server",
      help: "The host of your system, without https://. In the cloud it has -api in its name.",
      example: "my300000-api.s4hana.cloud.sap",
      pattern: hostPattern,
      where: { text: "SAP Fiori → Communication Arrangements → the arrangement → Service URL" },
    },
    {
      name: "port",
      label: "Port",
      default: "443",
      help: "Only a system of your own has another, often 44300.",
      pattern: "^[0-9]{1,5}$",
    },
    {
      name: "client",
      label: "Client",
      required: false,
      default: "",
      help: "The three digits of the client (Mandant), for a system of your own with several.",
      example: "100",
      pattern: "^([0-9]{3})?$",
    },
    {
      name: "subdomain",
      label: "Subdomain of the subaccount",
      example: "acme-prod",
      pattern: labelPattern,
      where: { text: "SAP BTP cockpit → the subaccount → Overview → Subdomain" },
      methods: ["client-credentials"],
    },
    {
      name: "region",
      label: "Region",
      example: "eu10",
      pattern: "^[a-z]{2}[0-9]{2}(-[0-9]{3})?$",
      where: { text: "SAP BTP cockpit → the subaccount → Overview → API endpoint" },
      methods: ["client-credentials"],
    },
  ],
  auth: [
    {
      kind: "basic",
      id: "basic",
      label: "Communication user",
      fields: [
        {
          name: "username",
          label: "User name",
          input: "text",
          where: {
            text: "SAP Fiori → Communication Systems → the system → Users for Inbound Communication",
          },
        },
        { name: "password", label: "Password" },
      ],
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "Client credentials of SAP BTP",
      fields: clientFields({
        text: "SAP BTP cockpit → the subaccount → Instances and Subscriptions → the service key",
      }),
      tokenUrl: "https://{subdomain}.authentication.{region}.hana.ondemand.com/oauth/token",
      clientAuth: "basic",
      sendScope: false,
    },
  ],
  request: {
    base: "https://{apiServer}:{port}",
    headers: { Accept: "application/json", "sap-client": "{client}" },
    csrf: {
      header: "x-csrf-token",
      fetch: {
        url: "/sap/opu/odata/sap/API_PRODUCT_SRV/",
        headers: { "x-csrf-token": "Fetch" },
      },
    },
  },
  test: {
    url: "/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product",
    query: { $top: "1", $format: "json" },
  },
  errors: { messagePointers: ["/error/message/value", "/error/message"] },
} satisfies ManifestData;
