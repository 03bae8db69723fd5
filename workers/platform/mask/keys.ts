/** What the name of a field says of its value. */
export type KeySays = "secret" | "phone" | "card" | undefined;

const secretKey =
  /(?:passwords?|passwd|passphrase|passcode|secret|token|authorization|apikeys?|accesstokens|refreshtokens|privatekeys?|accesskey|secretkey|signingkey|encryptionkey|accountkey|masterkey|credential|credentials|cookie|secretstring|connectionstring)$|^(?:pwd|pass|pin|otp|auth|bearer|jwt|mfacode|totp|cvv2?|cvc2?)$/;
/** These end in `token` and are places in a list or names of a request. */
const harmless =
  /(?:page|continuation|next|previous|prev|sync|progress|resume|cursor|stream|delta|change|idempotency)token$/;
const phoneKey = /(?:phone|phonenumber|mobile|mobilenumber|telephone|fax|faxnumber)$/;
const cardKey = /^(?:cardnumber|creditcardnumber|creditcard|ccnumber|ccnum|pan)$/;

const mostKnown = 5000;
const known = new Map<string, KeySays>();

/** Names come again with every call of a tool, so what was found of one is remembered. */
export function keySays(key: string): KeySays {
  if (known.has(key)) return known.get(key);
  // Of a name that long the end decides, as of any other.
  const plain = key
    .slice(-100)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  const says =
    secretKey.test(plain) && !harmless.test(plain)
      ? "secret"
      : phoneKey.test(plain)
        ? "phone"
        : cardKey.test(plain)
          ? "card"
          : undefined;
  if (known.size >= mostKnown) known.clear();
  if (key.length <= 200) known.set(key, says);
  return says;
}
