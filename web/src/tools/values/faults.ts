/** What is wrong with the arguments, and where: a JSON Pointer, `/` for all of them. */
export type Fault = { path: string; message: string };
/** By the pointer of the field it concerns; "" is the whole. */
export type Faults = ReadonlyMap<string, readonly string[]>;

const missing = /^Instance does not have required property "(.*)"\.$/s;

/** The faults by their fields: one about a missing property belongs to that property. */
export function faultsByField(faults: readonly Fault[], required: string): Faults {
  const byField = new Map<string, string[]>();
  for (const { path, message } of faults) {
    const name = missing.exec(message)?.[1];
    const base = path === "/" ? "" : path;
    const field =
      name === undefined ? base : `${base}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const said = byField.get(field) ?? [];
    byField.set(field, [...said, name === undefined ? message : required]);
  }
  return byField;
}

/** The faults in the details of the hub's `invalid_arguments`. */
export function faultsOfDetails(details: Record<string, unknown>): Fault[] {
  const faults = details["faults"];
  if (!Array.isArray(faults)) return [];
  return faults.flatMap((fault: unknown): Fault[] => {
    if (typeof fault !== "object" || fault === null) return [];
    const { path, message } = fault as Record<string, unknown>;
    return typeof path === "string" && typeof message === "string" ? [{ path, message }] : [];
  });
}
