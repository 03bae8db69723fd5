import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { meQuery } from "../shell/queries";
import { takeNext } from "./next";

/** On with the new session: nothing of what was fetched before stays. */
export function useSignedIn(next?: string): () => Promise<void> {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const left = useRef(false);
  return useCallback(async () => {
    // A passkey that was filled in may come together with another way.
    if (left.current) return;
    left.current = true;
    queries.clear();
    // Who it is decides what the page asks for.
    await queries.prefetchQuery(meQuery);
    await navigate({ href: next ?? takeNext(), replace: true });
  }, [navigate, queries, next]);
}
