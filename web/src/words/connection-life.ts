// What is said of a connection's sign-in and its life. Loaded by the pages that show connections.
import { counted } from "./common";

const times = (count: number) => counted(count, "time");

export const life = {
  owner: {
    label: "Whose",
    any: "Everybody’s",
    team: "The team’s",
    person: "Yours alone",
    teamWhy: "Whoever may use it calls it with this sign-in.",
    personWhy: "For nobody else it exists.",
  },
  used: "Used",
  neverUsed: "Not used yet",
  answered: (duration: string) => `Answered in ${duration}`,
  failures: (count: number) => `Failed ${times(count)} in a row`,

  expiry: {
    renews: "Renews itself",
    ends: "Ends",
    ended: "Ended",
    unknown: "Nothing says when it ends",
    over: "Ended or taken back",
    none: "Nothing is signed in",
    renewsWhy: "The hub gets a new token before this one ends.",
    endsWhy: "The hub cannot renew it.",
  },

  /** What to do, by what the connection waits for. */
  steps: {
    "set-up": "Finish setting up",
    "sign-in": "Sign in again",
    replace: "Enter a new credential",
  },
  stepOf: (step: string, name: string) => `${step}: ${name}`,

  standing: {
    pending: {
      title: "Nobody has signed in yet",
      text: "It came in without its credential, as an export leaves it. It runs nothing until somebody signs in.",
    },
    expiring: {
      title: "What it signs in with ends soon",
      text: "The hub cannot renew it. Do it now and calls go on without a gap.",
    },
    needs_reauth: {
      title: "It has to be signed in again",
      text: "What it signed in with has ended or was taken back, so it runs nothing. Its tools, rules and history stay as they are.",
    },
    revoked: {
      title: "Its access was taken back",
      text: "Its credential is destroyed and it runs nothing. Sign in again to go on with the same tools and rules, or delete it.",
    },
    rotation: {
      title: "Its credential should be replaced",
      text: "The time your team set for it is over. Enter a new one, then take the old one back at the vendor.",
    },
  },
  askManager: "Ask somebody who may change connections.",

  actions: {
    refresh: "Refresh the token now",
    revoke: "Revoke access",
  },
  refreshing: "Getting a new token",
  refreshed: "There is a new token",
  refreshedWhy: (name: string) => `${name} uses it from the next call on.`,
  enabledWaits: (name: string) => `${name} is enabled, and waits for somebody to sign in`,
  vendorWorks: (duration: string) => `It works: the vendor took the credential in ${duration}.`,
  testing: "Asking the vendor",

  revoke: {
    title: (name: string) => `Revoke the access of ${name}?`,
    why: "Its credential is destroyed here, and the vendor is told to end it where it can be told. It runs nothing until somebody signs in again; its tools, rules and history stay.",
    confirm: "Revoke access",
    done: (name: string) => `The access of ${name} is taken back`,
    destroyed: "Its credential is destroyed here.",
    vendor: {
      confirmed: "The vendor confirmed that the access has ended.",
      failed:
        "The vendor did not confirm it. End the access in the vendor’s own pages too: what was signed in with may still work there.",
      unsupported:
        "This vendor cannot be told. End the access in its own pages too: what was signed in with may still work there.",
    },
  },

  panel: {
    vendor: "The vendor",
    connector: "Connector",
    account: "Account",
    noAccount: "The vendor does not say",
    signIn: "Sign-in",
    life: "How it goes",
    lastUsed: "Last used",
    tested: "It answered in",
    neverTested: "Not tried yet",
    failures: "Failures",
    noFailures: "None in a row",
    expiry: "Expiry",
    created: "Added",
    by: "by",
    tools: "Tools",
    noTools: "None yet",
    noToolsWhy: "Its sign-in is kept ready for them.",
  },

  signIn: {
    tab: "Sign-in",
    title: "How it signs in",
    method: "Method",
    account: "Account",
    consented: "Consented",
    fields: "Made of",
    sealed: "sealed; nobody can read it",
    nothing: "No credential",
    expiry: "Expiry",
    replaced: "Entered",
    made: "Made",
    from: (address: string) => `from ${address}`,
    granted: "What it may do there",
    missing: "Asked for, not granted",
    missingWhy:
      "What needs these will be refused by the vendor. Sign in again and allow them, or ask your administrator there.",
    rotation: "Replace the credential",
    rotationWhy:
      "Where the vendor lets the hub make a new one, it does so by itself. Elsewhere whoever added it and the team’s owners and admins are reminded.",
    every: "When",
    never: "Never",
    days: (days: number) => `Every ${counted(days, "day")}`,
    due: "Due",
    overdue: "Overdue since",
    saved: "Saved",
    history: "What became of its sign-in",
    historyNone: "Nothing yet.",
    historyAll: "All in the audit log",
  },

  transfer: {
    label: "Export and import",
    export: "Export all",
    import: "Import from a file",
    exported: (count: number) => `${counted(count, "connection")} exported`,
    exportedWhy: "No secrets are in the file, and nothing that belongs to one person.",
    exportFailed: "The connections were not exported",
    title: "Import connections",
    why: "A file of “Export all”, from this hub or another. It holds no secrets, so each connection comes in as “Not set up”, for somebody to sign in.",
    file: "File",
    unreadable: "This is no file that “Export all” makes. Choose another.",
    newer: "This file was made by a newer version of Plugboard. Update the hub first.",
    empty: "There are no connections in this file.",
    found: (count: number) => `${counted(count, "connection")} in it.`,
    confirm: "Import",
    created: (count: number) => `${counted(count, "connection")} came in, to be set up:`,
    none: "Nothing came in.",
    skipped: (count: number) => `${count} skipped:`,
    toList: "Show those to set up",
    partly: "Only a part of the file came in before this went wrong.",
  },
};
