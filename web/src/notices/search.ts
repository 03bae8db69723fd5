/** Open ones unless all are asked for. */
export type NoticesSearch = { show?: "all" };

export const noticesSearch = ({ show }: Record<string, unknown>): NoticesSearch =>
  show === "all" ? { show } : {};
