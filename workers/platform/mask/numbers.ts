/** What begins like a card's number, by its length: the ranges that the card schemes hand out (ISO/IEC 7812). */
const schemes =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35\d{14}|62\d{14,17}|5[06-8]\d{14,17}|6[37]\d{14,17})$/;

/** The digits of a payment card: right length, a scheme's range, and the check digit (Luhn). */
export function isCard(digits: string): boolean {
  if (digits.length < 14 || digits.length > 19 || !schemes.test(digits)) return false;
  let sum = 0;
  for (let at = digits.length - 1, twice = false; at >= 0; at--, twice = !twice) {
    const digit = digits.charCodeAt(at) - 48;
    sum += twice ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** How long an IBAN of each country is (the SWIFT registry). */
const ibanLengths = new Map(
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"
    .match(/[A-Z]{2}\d\d/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** How many characters at the beginning of this text, spaces among them, are an IBAN; 0 where it begins with none. */
export function ibanAt(text: string): number {
  const length = ibanLengths.get(text.slice(0, 2)) ?? 0;
  let compact = "";
  let end = 0;
  for (; end < text.length && compact.length < length; end++)
    if (text[end] !== " ") compact += text[end];
  if (length === 0 || compact.length < length || /^[A-Z0-9]/.test(text.slice(end))) return 0;
  return remainder97(compact.slice(4) + compact.slice(0, 4)) === 1 ? end : 0;
}

function remainder97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
