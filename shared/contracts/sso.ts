import * as z from "zod";

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/, "must be a domain name like example.com")
  .meta({
    description: "The part of its people's addresses behind the @",
    examples: ["example.com"],
  });
const issuer = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .meta({
    description: "The provider's issuer URL; its OpenID Connect discovery document stands below it",
    examples: ["https://login.example.com"],
  });
const clientId = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({ examples: ["plugboard"] });
const defaultRole = z
  .string()
  .min(1)
  .max(100)
  .meta({
    description: "The role of whoever comes in for the first time: any but owner",
    examples: ["member"],
  });

export const SsoProvider = z
  .object({
    issuer,
    clientId,
    domain,
    defaultRole,
    dns: z
      .object({
        name: z.string().meta({ examples: ["_plugboard.example.com"] }),
        text: z.string().meta({ examples: ["plugboard-domain=8fK2xQ…"] }),
      })
      .describe("The TXT record that shows that the domain is the team's"),
    domainVerifiedAt: z
      .number()
      .nullable()
      .meta({ description: "Since when people of the domain come in here", examples: [null] }),
  })
  .meta({ id: "SsoProvider" });
export type SsoProvider = z.infer<typeof SsoProvider>;

export const SsoState = z
  .object({
    redirectUri: z.string().meta({
      description: "What to enter at the provider as the redirect URI",
      examples: ["https://hub.example.com/api/auth/sso/callback"],
    }),
    provider: SsoProvider.nullable().describe("Null where none is set up"),
  })
  .meta({ id: "SsoState" });
export type SsoState = z.infer<typeof SsoState>;

export const PutSso = z
  .strictObject({
    issuer,
    clientId,
    clientSecret: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .meta({ description: "Sealed; left out, the one that is there stays", examples: ["…"] }),
    domain,
    defaultRole: defaultRole.default("member"),
  })
  .meta({ id: "PutSso" });
export type PutSso = z.infer<typeof PutSso>;

export const StartSso = z
  .strictObject({
    email: z
      .email()
      .max(254)
      .meta({ examples: ["somebody@example.com"] }),
    next: z
      .string()
      .max(2000)
      .optional()
      .meta({ description: "The page of the hub to open afterwards", examples: ["/activity"] }),
  })
  .meta({ id: "StartSso" });
export type StartSso = z.infer<typeof StartSso>;

export const SsoStarted = z
  .object({
    url: z.string().meta({
      description: "Where to send the browser",
      examples: ["https://login.example.com/authorize?…"],
    }),
  })
  .meta({ id: "SsoStarted" });
