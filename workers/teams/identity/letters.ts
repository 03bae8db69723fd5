import type { Mail } from "../../mail";

// The mails of signing in. A name that somebody gave stands in none of them: a stranger could write to anybody with it.

const ending = "If you did not ask for this, ignore this mail: nothing has changed.";
const page = (origin: string, path: string, token: string) =>
  `${origin}${path}?token=${encodeURIComponent(token)}`;

export type Letter = { origin: string; to: string };

export const verificationLetter = ({ origin, to, token }: Letter & { token: string }): Mail => ({
  to,
  subject: "Confirm your email address",
  text: `Somebody made an account with this address at ${origin}.

Open this link to confirm that the address is yours, and to sign in. It is good for one hour:

${page(origin, "/verify-email", token)}

If that was not you, ignore this mail. The account cannot be used until the address is confirmed.
`,
});

export const knownAddressLetter = ({ origin, to }: Letter): Mail => ({
  to,
  subject: "You have an account already",
  text: `Somebody tried to make an account with this address at ${origin}, and there is one already.

If that was you, sign in instead: ${origin}/sign-in
If you do not remember the password, set a new one: ${origin}/forgot-password

${ending}
`,
});

export const resetLetter = ({ origin, to, token }: Letter & { token: string }): Mail => ({
  to,
  subject: "Set a new password",
  text: `A new password was asked for, for the account with this address at ${origin}.

Open this link to set one. It is good for one hour, once:

${page(origin, "/reset-password", token)}

Setting a new password ends every session of the account.

${ending}
`,
});

export const emailChangeLetter = ({ origin, to, token }: Letter & { token: string }): Mail => ({
  to,
  subject: "Confirm your new email address",
  text: `Somebody wants to use this address for their account at ${origin}.

Open this link to confirm that the address is yours. It is good for one hour, once:

${page(origin, "/verify-email", token)}

${ending}
`,
});

export const emailChangedLetter = ({ origin, to }: Letter): Mail => ({
  to,
  subject: "Your email address was changed",
  text: `Your account at ${origin} has a new email address. This one is no longer in use, and other sessions of the account have ended.

If that was not you, ask an owner of your team at once to remove the account from it.
`,
});

export const passwordChangedLetter = ({ origin, to }: Letter): Mail => ({
  to,
  subject: "Your password was changed",
  text: `The password of your account at ${origin} was changed.

If that was not you, set a new one now: ${origin}/forgot-password
`,
});
