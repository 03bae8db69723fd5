/** The address of whoever has given none: it cannot exist (RFC 2606), and no mail is sent there. */
export const placeholderEmail = (personId: string): string => `${personId}@no-email.invalid`;

/** The address as people see it; null for who has none. */
export const shownEmail = (email: string): string | null =>
  email.endsWith("@no-email.invalid") ? null : email;
