import type { Field, Placement } from "../manifest";

type FieldData = Partial<Field> & Pick<Field, "name" | "label">;

/** What a program signs in with (RFC 6749 4.4). */
export function clientFields(where: { text: string; url?: string }): FieldData[] {
  return [
    { name: "clientId", label: "Client ID", input: "text", where },
    {
      name: "clientSecret",
      label: "Client secret",
      help: "Shown once, when it is made. Make a new one if it is lost.",
      where,
    },
  ];
}

export const bearerOf = (field: string): Placement[] => [
  { in: "header", name: "Authorization", template: `Bearer {secret.${field}}` },
];
