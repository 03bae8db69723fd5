import { databaseLogin } from "../endpoints/database";
import { bearerOf } from "../endpoints/fields";
import type { ManifestData } from "../manifest";

export const redis = {
  id: "redis",
  name: "Redis",
  category: "databases",
  description: "Keys and commands of a Redis or Valkey database, and of Upstash.",
  websiteUrl: "https://redis.io",
  docsUrl: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/",
  params: [
    {
      name: "restHost",
      label: "REST host",
      help: "The host in UPSTASH_REDIS_REST_URL, without https://.",
      example: "eu2-apt-crane-30123.upstash.io",
      pattern: "^[A-Za-z0-9-]+\\.upstash\\.io$",
      where: {
        text: "Upstash console → the database → REST API",
        url: "https://console.upstash.com",
      },
      methods: ["upstash"],
    },
  ],
  auth: [
    databaseLogin({
      engine: "redis",
      port: 6379,
      example: "redis.example.com",
      database: { label: "Number of the database", default: "0", pattern: "^[0-9]{1,4}$" },
      user: {
        label: "User",
        default: "default",
        help: "default, unless the server has users of its own (ACL).",
      },
    }),
    {
      kind: "bearer",
      id: "upstash",
      label: "Upstash REST token",
      fields: [
        {
          name: "token",
          label: "Token",
          help: "UPSTASH_REDIS_REST_TOKEN. There is one that can only read, too.",
          where: {
            text: "Upstash console → the database → REST API",
            url: "https://console.upstash.com",
          },
        },
      ],
      present: bearerOf("token"),
      base: "https://{restHost}",
      test: { url: "/ping", successWhen: [{ pointer: "/result", equals: "PONG" }] },
    },
  ],
  errors: { messagePointers: ["/error"] },
} satisfies ManifestData;
