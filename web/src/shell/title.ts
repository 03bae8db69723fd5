import { useEffect } from "react";
import { words } from "../words";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? words.product : `${title} · ${words.product}`;
  }, [title]);
}
