import { databaseLogin } from "../endpoints/database";
import type { ManifestData } from "../manifest";

export const mysql = {
  id: "mysql",
  name: "MySQL",
  category: "databases",
  description: "Tables and queries of a MySQL or MariaDB database.",
  websiteUrl: "https://www.mysql.com",
  docsUrl: "https://dev.mysql.com/doc/refman/8.4/en/connecting.html",
  auth: [
    {
      ...databaseLogin({
        engine: "mysql",
        port: 3306,
        example: "db.example.com",
        database: { label: "Database", example: "shop" },
        user: { label: "User", example: "plugboard" },
      }),
      description:
        "Users with caching_sha2_password, which is the default, need an encrypted connection.",
    },
  ],
} satisfies ManifestData;
