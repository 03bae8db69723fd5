import type { FlowErrorCode } from "../../../shared/contracts/connect-flows";
import type { ConnectorSummary } from "../../../shared/contracts/connectors";
import { counted } from "./common";

type Category = ConnectorSummary["category"];

/** What a sign-in that came to nothing is called. The hub's own sentence says why, and what to do. */
const titles: Record<FlowErrorCode, string> = {
  denied: "Access was not granted",
  scope_refused: "Something that is needed was not allowed",
  wrong_account: "That was another account",
  expired: "The sign-in took too long",
  cancelled: "The sign-in was given up",
  state_mismatch: "The answer did not belong to this sign-in",
  issuer_mismatch: "Somebody else answered",
  callback_invalid: "The answer could not be read",
  token_refused: "Access was promised and then refused",
  token_invalid: "The answer was no token",
  unreachable: "The other side could not be reached",
  refused_address: "It led to an address the hub does not call",
  discovery_failed: "It could not be found out what to use",
  registration_failed: "The server takes only clients it knows",
  misconfigured: "Something is not set up right",
  test_failed: "The sign-in worked, the test did not",
  not_allowed: "Your role does not allow this any more",
  name_taken: "The name is taken by now",
  connection_gone: "The connection is gone",
  internal: "Something went wrong inside the hub",
};

/** What helps where the sentence is that of a refusal and says no more than what was answered. */
const wayOut: Partial<Record<FlowErrorCode, string>> = {
  test_failed: "Check what this account may do there, or sign in with another.",
  unreachable: "Sign in again in a moment.",
  misconfigured: "Check what you typed here, and the app at the vendor.",
  registration_failed: "Register Plugboard there by hand, and enter the client id it gives you.",
};

const category: Record<Category, string> = {
  mcp: "MCP",
  erp: "ERP",
  crm: "CRM",
  hr: "People and HR",
  finance: "Finance",
  data: "Data",
  marketing: "Marketing",
  "e-commerce": "E-commerce",
  communication: "Communication",
  devops: "Development",
  cloud: "Cloud",
  databases: "Databases",
  productivity: "Productivity",
  custom: "Anything else",
};

export const connect = {
  title: "Add a connection",
  description: "Choose what to connect. You sign in there; Plugboard keeps the access sealed.",
  all: "All connectors",
  mayNot: "Your role may look at connections, not add them. Ask an admin of the team.",

  choose: {
    mcp: "MCP server",
    mcpWhy:
      "Any server that speaks the Model Context Protocol. Give its address; its tools are found by themselves.",
    list: "Connectors",
    search: "Search connectors",
    category: "Category",
    anyCategory: "All categories",
    categories: category,
    shown: (count: number, more: boolean) =>
      `${counted(count, "connector")} shown${more ? ", and there are more" : ""}`,
    none: "No connector matches",
    noneHint: "Search for another word, or connect it through an MCP server of its own.",
    showAll: "Show all connectors",
  },

  setup: {
    title: (name: string) => `Connect ${name}`,
    again: (name: string) => `Reconnect ${name}`,
    againWhy: "Its name, tools, rules and history stay; only the sign-in is made anew.",
    docs: "API documentation",
    unknown: "There is no such connector",
    unknownHint: "It may have another name. Look for it among all connectors.",
    signIn: (name: string) => `Sign in at ${name}`,
    connect: "Connect",
    reconnect: "Reconnect",
    getCode: "Get a code",
    trying: (name: string) => `Trying it at ${name}`,
    tryingHint: "Nothing is saved until that has worked.",
    failed: "Not connected",
    nothingSaved: "Nothing was saved, and what you typed is still here.",
    nothingChanged: "Nothing was changed, and what you typed is still here.",
    address: "Address",
    edit: "Change it in its settings.",
  },

  owner: {
    legend: "Whose connection is it?",
    team: "The team’s",
    teamWhy: "Everybody in the team can use it, with the rights of the account you sign in with.",
    person: "Yours alone",
    personWhy: "Only you can use it. For everybody else, admins too, it does not exist.",
    onlyTeam: "It will belong to the team: everybody in it can use it.",
    onlyPerson: "It will be yours alone: only you can use it.",
  },

  name: "Name",
  nameHint: "How you tell it from other connections.",
  details: (name: string) => `Your ${name}`,
  optional: "optional",
  example: (text: string) => `For example ${text}`,
  pickOne: "Choose …",

  method: {
    legend: "How to sign in",
    recommended: "Recommended",
    byConsent: "You sign in there, in a window of its own. Plugboard never sees your password.",
    byDevice: "You enter a short code there, on any device.",
    byForm: "You enter what the vendor gave you.",
    bridge: "Needs a bridge",
    bridgeTitle: "This way needs a bridge inside your network",
    bridgeWhy:
      "The hub cannot do this from outside: a bridge next to the system does it. Choose another way to sign in, or ask who runs your hub.",
  },

  scopes: {
    legend: "What Plugboard may do there",
    hint: "Leave out what you do not want to allow.",
    neededHint: "What is marked as needed cannot be left out.",
    fixed: "All of this is needed.",
    needed: "Needed",
    showAll: (count: number) => `Show all ${count}`,
    chosen: (chosen: number, of: number) => `${chosen} of ${of} allowed`,
  },

  fields: {
    legend: "Your access",
    sealed: "Sealed at once; nobody can read it again.",
    secretHint: "In place of a value you may name one of the team’s secrets:",
    where: "Where do I find this?",
    whereLink: (host: string) => `Open ${host}`,
    show: (label: string) => `Show: ${label}`,
    hide: (label: string) => `Hide: ${label}`,
    paste: (label: string) => `Paste: ${label}`,
    pasteFailed: "The browser did not allow pasting. Click into the field and paste by hand.",
    file: "Choose a file",
    drop: "Or drop the file here.",
    fileTooLarge: "This file is too large to be a key. Choose another.",
    fileRead: (name: string) => `Read from ${name}`,
  },

  faults: {
    missing: (label: string) => `${label} is missing.`,
    pattern: (label: string, example: string | undefined) =>
      example === undefined
        ? `This does not look like ${label}.`
        : `This does not look like ${label}. It looks like ${example}.`,
    choice: "Choose one of the list.",
    long: (most: number) => `Use at most ${counted(most, "character")}.`,
    summary: (count: number) => `${counted(count, "field")} to look at`,
  },

  app: {
    first: (name: string) => `First, once for your team: an app at ${name}`,
    why: (name: string) =>
      `${name} lets people sign in only through an app that somebody registered there. It takes some minutes, once; after that everybody in the team just signs in.`,
    register: "1. Register an app there",
    registerAt: (host: string) => `Open ${host}`,
    redirect: "2. Give it this redirect URI",
    redirectUri: "Redirect URI",
    enter: "3. Enter what it gives you",
    clientId: "Client id",
    clientSecret: "Client secret",
    secretHint: "Sealed at once; nobody can read it again.",
    secretKept: "Leave it empty to keep the one that is stored.",
    clientIdMissing: "Enter the client id.",
    spaces: "It holds no spaces or line breaks.",
    save: "Save the app",
    saved: (name: string) => `The app for ${name} is saved`,
    saveFirst: "Save the app above first.",
    askTitle: (name: string) => `Your team has no app at ${name} yet`,
    ask: (name: string) =>
      `${name} lets people sign in only through an app that somebody registered there. Ask an owner or admin of your team to add it; then come back to this page.`,
    copyLink: "Copy the link for them",
  },

  signIn: {
    opening: (name: string) => `Opening ${name}`,
    waiting: (name: string) => `Sign in at ${name}`,
    waitingHint: "A window has opened for it. This page goes on by itself once you are through.",
    toFront: "Show the window",
    here: "Sign in on this page instead",
    cancel: "Cancel",
    closedTitle: "The window seems to be closed",
    closed: (name: string) =>
      `${name} has not answered yet. Open it again, or go on in the window if it is still there.`,
    openAgain: "Open it again",
    blockedTitle: "Your browser blocked the window",
    blocked: "Open it with the button, or sign in on this page and come back here afterwards.",
    openWindow: "Open the window",
    badAddress: "The hub named an address a browser should not open. Nothing was opened.",
    again: "Sign in again",
    toForm: "Back to the form",
    lost: "The hub cannot be reached just now. This page keeps asking.",
    working: {
      label: "Progress",
      signedIn: (name: string) => `Signed in at ${name}`,
      access: "Fetching the access",
      trying: "Trying it",
    },
    device: {
      title: (name: string) => `Enter this code at ${name}`,
      code: "Code",
      copy: "Copy the code",
      open: (host: string) => `Open ${host}`,
      at: "Enter it at",
      waiting: "Waiting until you have entered it. This page goes on by itself.",
    },
    choose: {
      title: "One more thing",
      hint: "Your account reaches several. Which one is this connection for?",
      go: "Go on",
    },
    titles,
    wayOut,
    gone: "The hub knows nothing of this sign-in any more. Begin again; what you typed is still here.",
    toApps: "Look at the app",
  },

  done: {
    title: "Signing in",
    working: "Fetching the access and trying it",
    close: "Done. You can close this window and go back to Plugboard.",
    goOn: "Go on here",
    closeWindow: "Close this window",
    /** What is known of no sign-in of this browser. */
    unknown: {
      state_mismatch:
        "This sign-in was used already, or was begun in another browser. Begin again in this one.",
      callback_invalid: "The vendor sent the browser back without an answer. Begin again.",
    } as Partial<Record<FlowErrorCode, string>>,
    noFlow: "This page ends a sign-in, and the link names none.",
    start: "Add a connection",
  },

  mcp: {
    title: "Connect an MCP server",
    way: "How does it know you?",
    ways: {
      auto: "Find out",
      oauth: "Sign in at the server",
      headers: "Token or headers",
      basic: "Name and password",
    },
    waysWhy: {
      auto: "Asks the server first, and leads you to its sign-in if it has one.",
      oauth: "In a window of its own.",
      headers: "A key the server gave you.",
      basic: "HTTP Basic.",
    },
    user: "User name",
    password: "Password",
    userMissing: "Enter the user name.",
    userColon: "It may hold no colon.",
    passwordMissing: "Enter the password.",
    server: "the server",
    asks: "This server wants to know who you are",
    asksWhy: "Sign in there, or use a token or headers if you were given some.",
    signIn: "Sign in at the server",
    useHeaders: "Use a token or headers",
    client: "Registered with the server beforehand",
    clientHint:
      "Only where a server takes no clients it does not know. Register Plugboard there with this redirect URI, and enter what it gives you.",
  },

  result: {
    again: (name: string) => `${name} is connected again`,
    account: (account: string) => `Signed in as ${account}`,
    answered: (name: string, duration: string) => `${name} answered in ${duration}`,
    openWhy: "How it is, how it signs in, and who may use it.",
    may: "Plugboard may now:",
    missing: "Not allowed there, so this will not work:",
    renews: "Renews its sign-in by itself",
    ends: "Its access ends",
    lasts: "Its access has no end that is known",
    owner: { team: "Everybody in your team can use it", person: "Only you can use it" },
    gone: "The connection is gone",
  },

  apps: {
    title: "OAuth apps",
    description:
      "The apps your team has registered at vendors. People sign in through them; their secrets are sealed and never shown.",
    link: "OAuth apps",
    mayNot: "Your role may not see OAuth apps. Ask an admin of the team.",
    list: "Apps",
    empty: "No apps yet",
    emptyHint:
      "Some vendors let people sign in only through an app that somebody registered there. Choose one of them to see how.",
    add: "Add an app",
    addTitle: "Add an app",
    choose: "Vendor",
    needsNone: (name: string) => `Nobody needs an app to sign in to ${name}.`,
    noneToAdd: "There is no vendor left that needs an app.",
    source: { team: "Your team’s", deployment: "From who runs this hub" },
    givenHint: "Comes with this hub; your team can use its own in its place.",
    withSecret: "with a secret",
    withoutSecret: "without a secret",
    changed: "Changed",
    replace: "Replace",
    replaceTitle: (name: string) => `App for ${name}`,
    useOwn: "Use your own",
    remove: "Remove",
    removeTitle: (name: string) => `Remove the app for ${name}?`,
    removeWhy:
      "Nobody can sign in through it any more, and connections that renew through it stop.",
    removed: (name: string) => `The app for ${name} is removed`,
  },
};
