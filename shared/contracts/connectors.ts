import * as z from "zod";
import { categories, Field, Param } from "../catalogue/manifest";
import { pageOf, pageQueryByConnector } from "./pages";

/** A way to sign in, as a form needs it: what to ask for and what to expect. No endpoint and no template is shown. */
export const ConnectorMethod = z
  .object({
    id: z.string().meta({ examples: ["oauth"] }),
    kind: z.string().meta({ examples: ["oauth2_code"] }),
    label: z.string().meta({ examples: ["Sign in with Salesforce"] }),
    description: z
      .string()
      .nullable()
      .meta({ examples: ["For people: you sign in there, and calls act as you."] }),
    flow: z
      .enum(["form", "consent", "device"])
      .describe(
        "`consent` opens the vendor's page, `device` shows a code to enter there, `form` takes what is typed",
      ),
    executedBy: z
      .enum(["edge", "bridge"])
      .describe("`bridge`: the hub cannot do it; it takes a bridge inside the network"),
    fields: z.array(Field),
    scopes: z.array(
      z.object({
        scope: z.string().meta({ examples: ["api"] }),
        label: z
          .string()
          .meta({ description: "What it lets the hub do", examples: ["Read and write records"] }),
        required: z.boolean(),
        default: z.boolean(),
      }),
    ),
    app: z
      .object({
        where: z
          .object({
            text: z.string().meta({ examples: ["Setup, App Manager, New Connected App"] }),
            url: z
              .string()
              .optional()
              .meta({ examples: ["https://login.salesforce.com/"] }),
          })
          .describe("Where to register it"),
        notes: z.array(z.string()).describe("What to mind there"),
        redirectUri: z.string().meta({ examples: ["https://hub.example.com/oauth/callback"] }),
        configured: z
          .enum(["team", "deployment"])
          .nullable()
          .describe("Who has one; null where somebody has to register it first"),
      })
      .nullable()
      .describe("What must be registered at the vendor first; null where nothing is needed"),
  })
  .meta({ id: "ConnectorMethod" });
export type ConnectorMethod = z.infer<typeof ConnectorMethod>;

export const ConnectorSummary = z
  .object({
    id: z.string().meta({ examples: ["salesforce"] }),
    name: z.string().meta({ examples: ["Salesforce"] }),
    category: z.enum(categories),
    description: z.string().meta({ examples: ["Customers, deals and the work on them."] }),
    websiteUrl: z
      .string()
      .nullable()
      .meta({ examples: ["https://www.salesforce.com"] }),
    docsUrl: z
      .string()
      .nullable()
      .meta({
        description: "Where the vendor describes its API",
        examples: ["https://developer.salesforce.com/docs"],
      }),
    kinds: z.array(z.string()).meta({ examples: [["oauth2_code", "signed_jwt"]] }),
  })
  .meta({ id: "ConnectorSummary" });
export type ConnectorSummary = z.infer<typeof ConnectorSummary>;

export const Connector = ConnectorSummary.extend({
  params: z.array(Param).describe("What whoever connects is asked for besides the credential"),
  methods: z.array(ConnectorMethod).describe("The first is recommended"),
}).meta({ id: "Connector" });
export type Connector = z.infer<typeof Connector>;

export const ConnectorPage = pageOf(ConnectorSummary);
export const ConnectorQuery = pageQueryByConnector.extend({
  category: z.enum(categories).optional(),
  query: z
    .string()
    .max(100)
    .optional()
    .describe("Words that must all stand in name, id or description"),
});
export type ConnectorQuery = z.infer<typeof ConnectorQuery>;

/** A team's own OAuth app at a vendor. The secret never comes back. */
export const OAuthApp = z
  .object({
    connector: z.string().meta({ examples: ["salesforce"] }),
    clientId: z.string().meta({ examples: ["3MVG9lKcPoNINVB"] }),
    hasSecret: z.boolean(),
    source: z.enum(["team", "deployment"]),
    redirectUri: z.string().meta({
      description: "What to enter where the app is registered",
      examples: ["https://hub.example.com/oauth/callback"],
    }),
    createdAt: z
      .number()
      .nullable()
      .meta({ description: "Null for the deployment's", examples: [1_795_260_000_000] }),
    updatedAt: z
      .number()
      .nullable()
      .meta({ examples: [1_795_260_000_000] }),
  })
  .meta({ id: "OAuthApp" });
export type OAuthApp = z.infer<typeof OAuthApp>;
export const OAuthAppPage = pageOf(OAuthApp);

const printable = /^[\x21-\x7e]+$/;
export const PutOAuthApp = z
  .strictObject({
    clientId: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .regex(printable, "may hold no spaces or line breaks")
      .meta({ examples: ["3MVG9lKcPoNINVB"] }),
    clientSecret: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .regex(printable, "may hold no spaces or line breaks")
      .optional()
      .describe("Left out: the secret that is stored stays, if the client id does"),
  })
  .meta({ id: "PutOAuthApp" });
export type PutOAuthApp = z.infer<typeof PutOAuthApp>;
