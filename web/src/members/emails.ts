export const mostEmails = 50;

/** Enough to notice a slip of the hand; whether it is an address, its mail will show. */
const looksRight = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/;

/** The addresses in what was typed or pasted, each once: also out of "Name <name@example.com>" lists. */
export function emailsIn(text: string): { emails: string[]; wrong: string[] } {
  const emails = new Map<string, string>();
  const wrong: string[] = [];
  for (const part of text.split(/[,;\n]+/)) {
    const bracketed = /<([^<>]*)>/.exec(part)?.[1];
    const words = bracketed === undefined ? part.trim().split(/\s+/) : [bracketed.trim()];
    for (const word of words) {
      if (word === "") continue;
      if (looksRight.test(word) && word.length <= 254) emails.set(word.toLowerCase(), word);
      else wrong.push(word);
    }
  }
  return { emails: [...emails.values()], wrong };
}
