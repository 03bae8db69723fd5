import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../client";

/** What the client asks for; or where to go at once, where there is nothing to decide. Asked once a visit. */
export const consentQuery = (request: string) =>
  queryOptions({
    queryKey: ["consent", request],
    queryFn: ({ signal }) =>
      answer(api.auth.consent.$post({ json: { query: request } }, { init: { signal } })),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
