/** "1 tool", "2 tools". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? one : many}`;

export const common = {
  product: "Plugboard",
  claim: "One place for every tool your team and its AI clients use.",
  common: {
    loading: "Loading",
    retry: "Try again",
    back: "Back",
    home: "Go to Home",
    close: "Close",
    cancel: "Cancel",
    save: "Save",
    copied: "Copied",
    copyFailed: "The browser did not allow copying. Select the text and copy it by hand.",
    copyWhat: (what: string) => `Copy: ${what}`,
    more: "Show more",
    less: "Show less",
    loadMore: "Load more",
    none: "None",
  },
  status: {
    execution: {
      running: "Running",
      succeeded: "Succeeded",
      failed: "Failed",
      timed_out: "Timed out",
      cancelled: "Cancelled",
      lost: "Lost",
    },
    connection: {
      pending: "Not set up",
      connected: "Connected",
      expiring: "Expires soon",
      needs_reauth: "Sign in again",
      error: "Error",
      revoked: "Revoked",
      disabled: "Disabled",
    },
    tool: { available: "Available", quarantined: "Held back", unavailable: "Unavailable" },
  },
  errors: {
    title: "This did not work",
    unforeseen:
      "Something unforeseen went wrong on this page. Reload it; what is stored is untouched.",
    network:
      "The hub could not be reached. Check that it runs and that you are online, then try again.",
    side: {
      caller: "Something to change on your side.",
      upstream: "The connected server’s side.",
      hub: "The hub’s side.",
    },
    sessionEnded: "Your session has ended. Sign in again to go on.",
    upstreamWords: "The server’s own words:",
    requestId: "Request",
    copyRequestId: "Copy the request id",
  },
  offline: {
    title: "The hub cannot be reached",
    description:
      "You are offline, or the hub does not run. Nothing is lost: this page goes on when it is back.",
    banner: "You are offline. What you see may be out of date.",
  },
  noPermission: { title: "Your role does not allow this" },
  notFound: {
    title: "Nothing here",
    description: "This page does not exist, or what it showed is gone.",
  },
  newVersion: {
    title: "A new version of Plugboard is ready",
    action: "Reload",
    needed: "Plugboard was updated while this page was open. Reload to go on.",
  },
  json: {
    items: (count: number) => `[ ${counted(count, "item")} ]`,
    fields: (count: number) => `{ ${counted(count, "field")} }`,
    more: (count: number) => counted(count, "more entry", "more entries"),
    wholeText: (characters: number) => `Show all ${counted(characters, "character")}`,
  },
};
