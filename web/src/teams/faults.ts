import { words } from "../words";

const say = words.signIn.faults;

/** What the hub takes as a new password; it checks again. */
export const shortestPassword = 10;
const longestPassword = 128;

export const emailFault = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim()) ? undefined : say.email;

export const nameFault = (name: string): string | undefined =>
  name.trim() === "" ? say.name : undefined;

export function newPasswordFault(password: string): string | undefined {
  if (password.length < shortestPassword) return say.short(shortestPassword);
  if (password.length > longestPassword) return say.long(longestPassword);
  return undefined;
}
