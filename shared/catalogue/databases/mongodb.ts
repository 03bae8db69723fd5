import { databaseLogin } from "../endpoints/database";
import type { ManifestData } from "../manifest";

export const mongodb = {
  id: "mongodb",
  name: "MongoDB",
  category: "databases",
  description: "Collections and documents of a MongoDB database, in Atlas or elsewhere.",
  websiteUrl: "https://www.mongodb.com",
  docsUrl: "https://www.mongodb.com/docs/manual/reference/connection-string/",
  auth: [
    databaseLogin({
      engine: "mongodb",
      port: 27_017,
      example: "cluster0.ab1cd.mongodb.net",
      database: { label: "Database", example: "shop" },
      user: {
        label: "User",
        example: "plugboard",
        where: {
          text: "MongoDB Atlas → Security → Database Access",
          url: "https://cloud.mongodb.com",
        },
      },
      more: [
        {
          name: "srv",
          label: "Kind of host",
          input: "choice",
          default: "srv",
          choices: [
            { value: "srv", label: "A cluster, found by name (mongodb+srv)" },
            { value: "host", label: "One server (mongodb)" },
          ],
        },
        {
          name: "authSource",
          label: "Database the user belongs to",
          input: "text",
          default: "admin",
          pattern: "^[\\w$-]+$",
        },
      ],
    }),
  ],
} satisfies ManifestData;
