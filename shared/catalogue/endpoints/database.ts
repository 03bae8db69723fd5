import type { AuthMethodData, Field } from "../manifest";

type FieldData = Partial<Field> & Pick<Field, "name" | "label">;

/** A name, an address of the internet, or one of these in brackets. What stands behind it is judged where it is opened. */
const serverPattern =
  "^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$|^[0-9A-Fa-f:.]+$|^\\[[0-9A-Fa-f:.]+\\]$";

/** A login over the database's own protocol. */
export function databaseLogin({
  engine,
  port,
  example,
  database,
  user,
  more = [],
}: {
  engine: "postgresql" | "mysql" | "mongodb" | "redis";
  port: number;
  /** Of a host. */
  example: string;
  database: Omit<FieldData, "name">;
  user: Omit<FieldData, "name">;
  more?: FieldData[];
}) {
  return {
    kind: "database",
    id: "login",
    label: "Name and password",
    engine,
    defaultPort: port,
    fields: [
      {
        name: "host",
        label: "Host",
        input: "text",
        pattern: serverPattern,
        help: "It must be reachable from the internet, or through a bridge.",
        example,
      },
      {
        name: "port",
        label: "Port",
        input: "text",
        default: String(port),
        pattern: "^[0-9]{1,5}$",
      },
      { name: "database", input: "text", ...database },
      { name: "user", input: "text", ...user },
      {
        name: "password",
        label: "Password",
        help: "Of a user made for this hub, who may do only what it needs.",
      },
      {
        name: "tls",
        label: "Encryption",
        input: "choice",
        default: "verify-full",
        choices: [
          { value: "verify-full", label: "Encrypted, and the server proves who it is" },
          { value: "require", label: "Encrypted, whoever the server is" },
          { value: "disable", label: "Not encrypted" },
        ],
      },
      {
        name: "certificateAuthority",
        label: "Certificate authority (PEM)",
        input: "multiline",
        required: false,
        default: "",
        help: "Only for a server whose certificate is not signed by a public authority.",
      },
      ...more,
    ],
  } satisfies AuthMethodData;
}
