import { useEffect, useRef, type RefObject } from "react";

/** Leads to the first field of a form that something is wrong with, once it is drawn so. */
export const focusFault = (form: HTMLElement | null): void =>
  void requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
  );

/** Leads back to the button of a form that comes again, from what stood in its place. */
export function useFocusBack(form: RefObject<HTMLFormElement | null>, isAway: boolean): void {
  const wasAway = useRef(isAway);
  useEffect(() => {
    if (wasAway.current && !isAway)
      form.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
    wasAway.current = isAway;
  }, [form, isAway]);
}
