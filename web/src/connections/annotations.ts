/** What a server says of how a tool behaves, in the order of how much it matters. */
export type Hint =
  | "readOnly"
  | "destructive"
  | "additive"
  | "idempotent"
  | "openWorld"
  | "closedWorld";

/** Only what it says in so many words: nothing is inferred from its silence. */
export function hintsOf(annotations: Record<string, unknown>): Hint[] {
  const readOnly = annotations["readOnlyHint"] === true;
  const hints: [Hint, boolean][] = [
    ["readOnly", readOnly],
    ["destructive", !readOnly && annotations["destructiveHint"] === true],
    ["additive", !readOnly && annotations["destructiveHint"] === false],
    ["idempotent", !readOnly && annotations["idempotentHint"] === true],
    ["openWorld", annotations["openWorldHint"] === true],
    ["closedWorld", annotations["openWorldHint"] === false],
  ];
  return hints.filter(([, said]) => said).map(([hint]) => hint);
}
