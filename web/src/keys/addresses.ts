const byte = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4 = new RegExp(`^${byte}(?:\\.${byte}){3}(?:/(?:3[0-2]|[12]?\\d))?$`);
/** Enough to notice a slip of the hand: the hub reads it exactly. */
const ipv6 = /^(?=[^/]*:[^/]*:)[0-9a-f:.]{2,45}(?:\/(?:12[0-8]|1[01]\d|\d{1,2}))?$/i;

/** The addresses and ranges in what was typed, one per line or separated by commas; null for none. */
export function addressesIn(text: string): { addresses: string[] | null; wrong: string[] } {
  const typed = [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ""))];
  const wrong = typed.filter((part) => !ipv4.test(part) && !ipv6.test(part));
  return { addresses: typed.length === 0 ? null : typed, wrong };
}
