/** A name as a provider gives it, brought to what a person could have typed in here themselves. */
export function givenName({ name, email }: { name?: string | undefined; email: string }): string {
  const plain = (name ?? "").replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  return plain.slice(0, 80).trim() || email.slice(0, email.indexOf("@")).slice(0, 80);
}
