import { useEffect, useState } from "react";

const pauseMs = 700;

/**
 * Whether the typing has paused since it began. A fault is told then and not when the field is left: what moves under
 * the pointer in that moment swallows its click.
 */
export function usePause(value: string): boolean {
  const [first] = useState(value);
  const [paused, setPaused] = useState(false);
  useEffect(() => {
    if (paused || value === first) return;
    const timer = setTimeout(() => setPaused(true), pauseMs);
    return () => clearTimeout(timer);
  }, [paused, value, first]);
  return paused;
}
