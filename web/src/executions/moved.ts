type Place = { index: number; size: number; page: number };

/** Where a key leads in a list, from `index` (-1: nowhere yet); undefined for a key that leads nowhere. */
export function moved(key: string, { index, size, page }: Place): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: size - 1,
  };
  const next = steps[key];
  return next === undefined || size === 0 ? undefined : Math.min(size - 1, Math.max(0, next));
}
