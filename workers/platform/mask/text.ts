import { ibanAt, isCard } from "./numbers";

/** What is taken out: `secrets` alone, or personal data as well. */
export type Masking = "secrets" | "all";

export const secret = "[secret]";

/*
 * The patterns are ours: the libraries at hand know fewer formats (no IBAN, no vendors' keys), look at fields only, or
 * bring hundreds of patterns that read an ordinary body for milliseconds. Each of these is linear: what may repeat
 * without bound is followed by nothing that could fail, or can begin only at the edge of a word.
 */

/** Up to its end, or to where the text was cut. */
const privateKey =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g;
const jwt = /(?<![A-Za-z0-9+/])eyJ[\w-]{10,}(?:\.[\w-]*){0,2}/g;
const prefixed =
  /(?<![A-Za-z0-9])(?:gh[pousr]_|github_pat_|glpat-|glptt-|xox[a-z]-|xapp-|sk-|[rsp]k_(?:live|test)_|pb_|AIza|ya29\.|whsec_|npm_|hf_|pypi-|dop_v1_|shp(?:at|ss|ca|pa)_|lin_api_|SG\.|ATATT|A[KS]IA|AGE-SECRET-KEY-)[\w+/.=-]{15,}[\w+/=-]/g;
const scheme = /\b(?:Bearer|Basic)[ +]{1,3}([\w+/.~=-]{8,})/gi;
const userInfo = /(?<=:\/\/)[^\s/?#@:"'\\]*:[^\s/?#@"'\\]+(?=@)/g;
const cookie = /\b(?:set-)?cookie["']?:[ ]?["']?[^\r\n"']+/gi;
/** A name, what stands between, and its value: in quotes, in quotes within JSON texts in each other, or up to a gap. */
const named =
  /((?:passw(?:or)?d|passphrase|pwd|secret|(?<!(?:page|continuation|next|sync|progress|cursor|idempotency)[-_]?)token|api[-_ ]?key|(?:access|private|secret|signing|encryption|account)[-_]?key|authorization|credentials?)(?:\\{0,31}["'])?\s{0,3}(?:=>?|:)\s{0,3})(\\"(?:[^"\\]|\\[^"])+|\\{2,31}"(?:[^"\\]|\\+[^"\\])+|"(?:[^"\\]|\\.)+|'[^'\n]+|(?:(?:Bearer|Basic|Token|Digest)\s)?[^\s"'\\,;&<>{}[\]()]+)/gi;
/** The same in a list of names and values, as headers and variables often are. */
const paired =
  /("(?:name|key|header|variable)\\{0,31}"\s{0,3}:\s{0,3}\\{0,31}"[\w -]{0,60}?(?:passw(?:or)?d|secret|(?<!(?:page|continuation|next|sync|progress|cursor|idempotency)[-_]?)token|api[-_ ]?key|(?:access|private|secret|signing|encryption|account)[-_]?key|authorization|cookie)\\{0,31}"(?:\s|\\{1,31}n){0,40},(?:\s|\\{1,31}n){0,40}\\{0,31}"value\\{0,31}"\s{0,3}:\s{0,3})(\\{1,31}"(?:[^"\\]|\\+[^"\\])+|"(?:[^"\\]|\\.)+)/gi;
const email =
  /(?<![\w.%+\u0080-\uffff-])[\w.%+\u0080-\uffff-]+@(?:[\w\u0080-\uffff-]+\.)+[A-Za-z\u0080-\uffff][\w\u0080-\uffff-]+/g;
const digitRun = /(?<![\w.])\d(?:[ \u00a0-]?\d){13,}(?!\w)/g;
const ibanStart = /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9]{4}/g;
const ssn = /(?<![\w-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])/g;
const phone =
  /(?<![\w+])\+\d(?:[ ()./\u00a0-]{0,2}\d){7,14}(?!\w)|(?<![\w(])\(\d{3}\)[ ]?\d{3}[ .-]\d{4}(?!\w)|(?<![\w.-])\d{3}([.-])\d{3}\1\d{4}(?![\w.-])/g;

/** What has none of these letters or signs in it has none of the secrets above. */
const secretHint =
  /eyJ|-----B|gh[pousr]_|_pat_|gl(?:pat|ptt)-|xox|xapp-|sk-|k_(?:live|test)_|pb_|AIza|ya29|whsec_|npm_|hf_|pypi-|dop_v1|shp|lin_api|SG\.|ATATT|A[KS]IA|AGE-/;
const nameHint = /[:= +](?!\/\/)/;
const wordHint = /pass|pwd|secret|token|key|auth|credential|bearer|basic|cookie/i;
const ibanHint = /[A-Z]{2}\d{2}/;
const digitsHint = /\d[ ().\u00a0-]{0,2}\d[ ().\u00a0-]{0,2}\d[ ().-]{0,2}\d/;

/** The text with what is found replaced by `[secret]`, `[email]`, `[card]` and so on. */
export function maskText(text: string, masking: Masking): string {
  if (text.length < 6) return text;
  const plain = withoutSecrets(text);
  return masking === "all" ? withoutPersonalData(plain) : plain;
}

function withoutSecrets(text: string): string {
  let masked = text;
  if (secretHint.test(masked))
    masked = masked
      .replace(privateKey, secret)
      .replace(jwt, secret)
      .replace(prefixed, (found) => (/\d/.test(found) ? secret : found));
  if (masked.includes("://") && masked.includes("@")) masked = masked.replace(userInfo, secret);
  if (wordHint.test(masked) && nameHint.test(masked))
    masked = masked
      .replace(cookie, (found) => found.slice(0, found.indexOf(":") + 1) + secret)
      .replace(named, hideValue)
      .replace(paired, hideValue)
      .replace(scheme, (found, value: string) =>
        looksMade(value) ? found.slice(0, found.length - value.length) + secret : found,
      );
  return masked;
}

/** `Basic authentication` is prose, `Basic dXNlcjpwYXNz` is not. */
const looksMade = (value: string): boolean => /\d|[a-z][A-Z]/.test(value);

function hideValue(found: string, name: string, value: string): string {
  if (/^(?:true|false|null|undefined|none)$/i.test(value) || value.includes(secret)) return found;
  const quote = /^(?:\\{0,31}"|')/.exec(value)?.[0] ?? "";
  return name + quote + secret;
}

function withoutPersonalData(text: string): string {
  let masked = text;
  if (masked.includes("@")) masked = masked.replace(email, "[email]");
  if (!digitsHint.test(masked)) return masked;
  return maskIbans(masked.replace(digitRun, maskCards))
    .replace(ssn, "[ssn]")
    .replace(phone, "[phone]");
}

/** A run of digits in groups, of which some neighbours may be a card's number. */
function maskCards(run: string): string {
  const groups = run.split(/([ \u00a0-])/);
  let masked = "";
  for (let from = 0; from < groups.length; from += 2) {
    let digits = "";
    let to = from;
    while (to < groups.length && digits.length < 19) {
      digits += groups[to];
      if (isCard(digits)) break;
      to += 2;
    }
    if (from > 0) masked += groups[from - 1] ?? "";
    if (!isCard(digits)) masked += groups[from] ?? "";
    else {
      masked += "[card]";
      from = to;
    }
  }
  return masked;
}

function maskIbans(text: string): string {
  if (!ibanHint.test(text)) return text;
  let masked = "";
  let done = 0;
  for (const { index } of text.matchAll(ibanStart)) {
    if (index < done) continue;
    const length = ibanAt(text.slice(index, index + 48));
    if (length === 0) continue;
    masked += `${text.slice(done, index)}[iban]`;
    done = index + length;
  }
  return done === 0 ? text : masked + text.slice(done);
}
