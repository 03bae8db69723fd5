import { databaseLogin } from "../endpoints/database";
import type { ManifestData } from "../manifest";

export const postgresql = {
  id: "postgresql",
  name: "PostgreSQL",
  category: "databases",
  description: "Tables and queries of a PostgreSQL database.",
  websiteUrl: "https://www.postgresql.org",
  docsUrl: "https://www.postgresql.org/docs/current/libpq-connect.html",
  auth: [
    databaseLogin({
      engine: "postgresql",
      port: 5432,
      example: "db.example.com",
      database: { label: "Database", example: "postgres" },
      user: { label: "User", example: "plugboard" },
    }),
  ],
} satisfies ManifestData;
