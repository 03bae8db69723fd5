import { counted } from "./common";

export const signIn = {
  title: "Sign in",
  working: "Signing you in",
  failed: "You are not signed in",
  ended: "Your session has ended",
  endedHere: "Your session has ended. Sign in again to go on; what you typed here stays.",
  endedNote: "Sign in again to go on where you were.",
  open: "Signed in already? Open the dashboard",
  wayOn:
    "Start the hub again and open the link it prints. Each link is good once, for ten minutes.",
  command: "Start the hub",
  email: "Email",
  password: "Password",
  showPassword: "Show password",
  hidePassword: "Hide password",
  forgot: "Forgot your password?",
  or: "or",
  passkey: "Sign in with a passkey",
  passkeyFailed:
    "The passkey was not used: the browser was closed, timed out, or knows none for this hub.",
  provider: (name: string) => `Continue with ${name}`,
  sso: "Continue with single sign-on",
  ssoEmail: "Type your work email first: it tells the hub where you sign in.",
  newHere: "New here?",
  makeAccount: "Make an account",
  invitedOnly: "People join this hub by invitation. Ask an admin of your team for one.",
  notSetUp: "This hub has no team yet. Starting it makes the first one and prints a sign-in link.",
  link: {
    title: "Use a sign-in link from the terminal",
    hint: "The hub prints one each time it starts: open it within ten minutes.",
  },
  providerErrors: {
    denied: "You did not allow it, so nothing happened. Try again or sign in another way.",
    linked:
      "An account with this email exists already. Sign in the way you did before; the other service can be used once its address is confirmed.",
    closed: "This hub takes new people by invitation only.",
    noEmail:
      "The other service did not confirm your email address. Confirm it there, or sign in another way.",
    unknown: "The other service did not sign you in. Try again or sign in another way.",
  },
  ssoErrors: {
    forbidden:
      "Your identity provider did not let you in, or named an address of another domain. Sign in there with your work account, then try again.",
    expired: "Signing in took too long, or this way back was used already. Start again.",
    tooMany: "Too many tries in a short time. Wait a few minutes, then try again.",
    theirs:
      "Your identity provider answered with something this hub cannot use. Ask an admin of your team to check single sign-on in the team’s settings.",
    passing: "Your identity provider could not be reached. Try again in a moment.",
    unknown: "Single sign-on did not sign you in. Try again or sign in another way.",
  },
  faults: {
    email: "Type an email address, like name@company.com.",
    password: "Type your password.",
    name: "Type your name.",
    short: (least: number) => `Use at least ${counted(least, "character")}.`,
    long: (most: number) => `Use at most ${counted(most, "character")}.`,
    code: "Type the six digits your app shows.",
    recoveryCode: "Type one of your recovery codes.",
  },
  locked: {
    title: "Too many failed tries",
    wait: (time: string) => `Try again in ${time}.`,
    over: "You can try again now.",
  },
};

export const secondFactor = {
  title: "Confirm it is you",
  hint: "Type the six digits your authenticator app shows for Plugboard.",
  code: "Code",
  recoveryTitle: "Use a recovery code",
  recoveryHint:
    "Each recovery code is good once. You saved them when you set up your second factor.",
  recoveryCode: "Recovery code",
  useRecovery: "Use a recovery code instead",
  useApp: "Use the app instead",
  confirm: "Confirm",
  startOver: "Sign in as somebody else",
};

export const signUp = {
  title: "Make an account",
  name: "Your name",
  email: "Email",
  password: "Password",
  rule: (least: number) => `At least ${counted(least, "character")}. A few words make a good one.`,
  submit: "Make the account",
  haveAccount: "Have an account already?",
  closedTitle: "By invitation only",
  closed:
    "This hub takes new people by invitation. Ask an admin of your team to invite you; the mail has a link that makes your account.",
  mail: {
    title: "Check your mail",
    sent: (email: string) =>
      `If ${email} can be used here, a mail with a link is on its way. Open the link to go on.`,
    spam: "Nothing after a few minutes? Look among the spam, or have it sent again.",
    again: "Send it again",
    sentAgain: "Sent again. It can take a minute.",
    againIn: (seconds: number) => `Send it again in ${counted(seconds, "second")}`,
    outbox: "This hub keeps its mail itself instead of sending it.",
    openOutbox: "Open the outbox",
    otherAddress: "Use another address",
  },
};

export const verifyEmail = {
  title: "Confirm your email",
  working: "Confirming your email",
  done: "Your email is confirmed",
  doneHint: "From now on you sign in with it.",
  goOn: "Go on",
  failed: "This link does not work",
  noToken: "Open the link in the mail to confirm your email, or have a new one sent.",
  again: "Where should the new link go?",
  send: "Send a new link",
};

export const password = {
  forgotTitle: "Forgot your password?",
  forgotHint: "Type your email. If it has an account here, a mail with a link will come.",
  send: "Send the link",
  sent: (email: string) =>
    `If ${email} has an account here, a mail with a link is on its way. The link sets a new password.`,
  back: "Back to signing in",
  resetTitle: "Choose a new password",
  newPassword: "New password",
  save: "Save the password",
  doneTitle: "Your new password is set",
  done: "All sessions of this account have ended. Sign in with the new password.",
  noToken: "This page needs the link from the mail.",
  another: "Send a new link",
};

export const invitation = {
  title: "Invitation",
  loading: "Looking at the invitation",
  to: (team: string) => `Join ${team}`,
  from: (person: string) => `${person} invited you.`,
  role: "Role",
  email: "For",
  until: "Good until",
  accept: "Join the team",
  decline: "Not now",
  signedInAs: (who: string) => `You are signed in as ${who}.`,
  wrongPerson: (email: string) =>
    `The invitation is for ${email}. Sign out and open it again as that person.`,
  signOut: "Sign out",
  hasAccount: "This address has an account here. Sign in, and the invitation opens again.",
  signIn: "Sign in to join",
  newAccount: "Choose a name and a password: they make your account here.",
  make: "Make the account and join",
  failed: "This invitation cannot be used",
  askAgain: "Ask whoever invited you to send a new one.",
};
