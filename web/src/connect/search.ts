/** What is being connected: a connector, or a connection anew; `connected` is what came of it. */
export type ConnectSearch = {
  connector?: string;
  q?: string;
  category?: string;
  reconnect?: string;
  connected?: string;
};

const text = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value.slice(0, 100) : undefined;
};

const named = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string };

export function connectSearch(search: Record<string, unknown>): ConnectSearch {
  return {
    ...named("connector", text(search["connector"])),
    ...named("q", text(search["q"])),
    ...named("category", text(search["category"])),
    ...named("reconnect", text(search["reconnect"])),
    ...named("connected", text(search["connected"])),
  };
}

export type DoneSearch = { flow?: string; error?: string };

export const doneSearch = ({ flow, error }: Record<string, unknown>): DoneSearch => ({
  ...named("flow", text(flow)),
  ...named("error", text(error)),
});

export const appsSearch = (search: Record<string, unknown>): { app?: string } =>
  named("app", text(search["app"]));
