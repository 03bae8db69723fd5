/** The request of an AI client, as it was asked: a query within the query, so that not a letter of it is read on the way. */
export type ConsentSearch = { request?: string };

/** The client's own query becomes `request` as it stands. Whoever comes back from signing in has it so already. */
export function consentSearch(search: Record<string, unknown>): ConsentSearch {
  const { request } = search;
  if (typeof request === "string" && !("response_type" in search)) return { request };
  const asked = location.search.slice(1);
  return asked === "" ? {} : { request: asked };
}
