import { useRouter } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";

/** Goes once: while it goes the location changes, and with it where to come back to. */
export function ToSignIn({ meanwhile }: { meanwhile: ReactNode }) {
  const router = useRouter();
  useEffect(() => {
    const { href, pathname } = router.state.location;
    if (pathname === "/sign-in") return;
    void router.navigate({ to: "/sign-in", search: { next: href }, replace: true });
  }, [router]);
  return meanwhile;
}
