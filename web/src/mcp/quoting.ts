/**
 * One argument, as a shell takes it whole: bare, in double quotes where these mean the same in every shell, Windows
 * included, and else in single quotes.
 */
export function shellArgument(text: string): string {
  if (/^[A-Za-z0-9_./:-]+$/.test(text)) return text;
  if (/^[A-Za-z0-9_./:=,&?#@+~ -]+$/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** TOML's basic strings escape as JSON does, but for DEL. */
export const tomlString = (text: string): string =>
  JSON.stringify(text).replaceAll("\u007f", String.raw`\u007f`);

export const tomlKey = (key: string): string =>
  /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlString(key);

/** Base64 of the text's UTF-8. */
export const base64 = (text: string): string =>
  btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
