export const home = {
  title: "Home",
  greeting: (person: string, team: string) => `Hello, ${person}. This is how ${team} is doing.`,

  steps: {
    title: "Get going",
    progress: (done: number, of: number) => `${done} of ${of} done`,
    done: "Done",
    finished: "All set up: connected, tried, added to a client, and called from a program.",
    show: "Show the steps",
    connect: {
      title: "Connect a server",
      sentence: "Give the address of an MCP server; its tools are found by themselves.",
      action: "Add a connection",
      notAllowed: "Only an owner or admin of your team may add connections.",
    },
    try: {
      title: "Try a tool",
      sentence: "Run one by hand and see what it answers.",
      action: "Open the Playground",
      notAllowed: "Your role may look at tools but not run them.",
    },
    client: {
      title: "Add it to your AI client",
      sentence: "Claude, Cursor, VS Code and others use every tool through one address.",
      action: "Add to a client",
      notAllowed: "Your role may not create a key for a client.",
    },
    automate: {
      title: "Automate",
      sentence: "Call a tool from a program of your own.",
      action: "Show the command",
      hide: "Hide the command",
      notAllowed: "Your role may not create a key for a program.",
    },
  },

  automate: {
    run: (variable: string) => `Put an API key into the variable ${variable}, then run:`,
    noTools: "There is no tool to call yet. Connect a server first.",
    label: "Command",
    create: "Create a key",
    reference: "API reference",
    note: "The step is done once a program has called a tool with a key.",
  },

  needs: {
    title: "Needs you",
    nothing: "Nothing needs you.",
    brokenNoReason: "The server could not be used at the last try.",
    reasons: {
      needs_reauth: "It has to be signed in again. Until then it runs nothing.",
      expiring: "What it signs in with ends soon, and the hub cannot renew it.",
    } as Partial<Record<string, string>>,
    signIn: "Sign in again",
    signInWhat: (connection: string) => `Sign in again to the connection ${connection}`,
    rotation: "The time your team set for its credential is over.",
    replace: "Enter a new one",
    replaceWhat: (title: string) => `Enter a new one: ${title}`,
    look: "Look at it",
    lookWhat: (connection: string) => `Look at the connection ${connection}`,
    mend: "Mend",
    mendWhat: (connection: string) => `Mend the connection ${connection}`,
    heldBack: (connection: string) =>
      `${connection} has changed it. It is held back until somebody has looked at the change.`,
    review: "Review",
    reviewWhat: (tool: string) => `Review the change of ${tool}`,
    more: "More connections",
  },

  day: {
    title: "Last 24 hours",
    calls: "Calls",
    failed: "Failed",
    median: "Median time",
    p95: "95% within",
    none: "–",
    noneLong: "no call has ended",
    share: (percent: string) => `${percent} of all`,
    inList: "show in Activity",
  },

  failures: {
    title: "Recent failures",
    all: "All failures",
    none: "No call has failed.",
    noReason: "The tool answered with an error.",
    deeper: "None among the newest calls.",
  },

  latest: {
    title: "Latest calls",
    all: "All activity",
    none: "No call yet. Each one shows up here while it runs.",
  },
};
