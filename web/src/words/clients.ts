const steps = {
  terminal: "Run this in a terminal:",
  addToFile: (file: string) =>
    `Open ${file}, or make it if it is not there. Where it has entries already, add only what is new to them:`,
  or: "Or by hand",
  bridgeNeeds: "Install Node.js 20 or newer on the machine where Claude Desktop runs.",
};

export const clients = {
  title: "AI clients",
  description: "Give the program you talk to every tool your team has connected.",

  choose: {
    title: "Your client",
    names: {
      "claude-code": "Claude Code",
      cursor: "Cursor",
      vscode: "VS Code",
      claude: "Claude",
      chatgpt: "ChatGPT",
      codex: "Codex",
      "gemini-cli": "Gemini CLI",
      windsurf: "Windsurf",
      json: "Other client",
      rest: "Program",
    },
    /** In a sentence, where a name would not do. */
    called: { json: "your client", rest: "your program" } as Partial<Record<string, string>>,
    details: {
      "claude-code": "Terminal",
      cursor: "Editor",
      vscode: "Editor",
      claude: "Web and desktop",
      chatgpt: "Web",
      codex: "Terminal and editor",
      "gemini-cli": "Terminal",
      windsurf: "Editor",
      json: "JSON",
      rest: "REST",
    },
  },

  scope: {
    title: "What it may use",
    label: "Connections",
    everything: "Everything",
    everythingHint: "Each tool is named after its connection, such as tickets__create_ticket.",
    oneHint: "Only this connection, its tools under their own names.",
    programHint: "A program lists and calls tools by their ids.",
    failed: "The connections could not be loaded, so only “Everything” can be chosen.",
    more: (shown: number) =>
      `The first ${shown} are listed. Any other is found on its own page under Connections.`,
    endpoint: "MCP endpoint",
    api: "API address",
  },

  signIn: {
    title: "How it signs in",
    account: "With your account",
    recommended: "recommended",
    accountHint:
      "The client opens a page of this hub. There you choose the team, the connections and what it may do. There is no key to copy.",
    key: "With an API key",
    keyHint: "For clients that cannot open a browser, and for machines that nobody sits at.",
  },

  account: {
    approve:
      "Your browser opens a page of this hub. Read who asks and what for, then press “Allow”.",
    "claude-code": {
      signIn: (name: string) =>
        `In Claude Code, enter /mcp, choose ${name}, and choose “Authenticate”.`,
      sharedFile:
        "Add this to .mcp.json in the project. It can be checked in: each person signs in for themselves with /mcp.",
    },
    cursor: {
      signIn: (name: string) =>
        `Look at the MCP servers in Cursor’s settings and press “Connect” beside ${name}.`,
    },
    vscode: {
      signIn: "VS Code says that the server wants you to sign in: press “Allow”.",
    },
    claude: {
      signIn: "Press “Add”, then “Connect” beside the new connector.",
      use: "The connector is there on the web, on the desktop and on the phone alike.",
    },
    chatgpt: { signIn: "Choose “OAuth” for the authentication, and press “Create”." },
    codex: { again: "Should it not open by itself, run this:" },
    "gemini-cli": { signIn: (name: string) => `In Gemini CLI, enter /mcp auth ${name}.` },
    windsurf: { signIn: "Open the MCP servers in Cascade and press refresh." },
    json: {
      signIn:
        "Restart the client. It signs in when it first connects, or where its list of servers offers it. A client that cannot do so takes an API key: choose that above.",
    },
  },

  key: {
    title: "Key",
    hint: "The client signs in with an API key, which may do all that you may do. A choice of one connection narrows what the client sees, not what the key may do.",
    create: (client: string) => `Create a key for ${client}`,
    another: "Create another key",
    have: "If you have a key already, use that one.",
    haveWhere: (placeholder: string) =>
      `If you have a key already, put it where the steps say ${placeholder}.`,
    made: (name: string) => `Key “${name}”`,
    once: "Copy it now: it is not shown again. Whoever has it can act as you, so keep it out of chats and repositories.",
    inSteps: "The steps below have it filled in.",
    announced: "The key is made. Copy it now: it is not shown again.",
    notAllowed:
      "Your role may not create keys. Ask an owner or admin of your team, or use a key you have.",
  },

  add: {
    title: (client: string) => `Add it to ${client}`,
    program: "Call it from your program",
    openIn: (client: string) => `Add to ${client}`,
    opens: (client: string) =>
      `Press the button. ${client} opens and asks before it adds anything; it must be installed on this machine.`,
    code: { command: "Command", file: "Configuration", address: "Address", header: "Header" },
  },

  steps: {
    ...steps,
    "claude-code": {
      check: (name: string) => `In Claude Code, enter /mcp: ${name} is listed as connected.`,
      shared: "For everybody in a project",
      sharedFile: `Add this to .mcp.json in the project. It can be checked in: the key stays in each person’s environment.`,
    },
    cursor: {
      fill: (placeholder: string) =>
        `Then open the entry in ~/.cursor/mcp.json and put your key in place of ${placeholder}.`,
      check: (name: string) =>
        `Look at the MCP servers in Cursor’s settings: ${name} has a green dot once it is connected.`,
    },
    vscode: {
      asks: "VS Code asks for the key when it starts the server, and keeps it in its secret storage.",
      open: "Open the command palette, run “MCP: Open User Configuration”, and add this:",
      check: (name: string) =>
        `Run “MCP: List Servers”, choose ${name}, and start it. Its tools are there in agent mode.`,
    },
    claude: {
      local:
        "This hub runs on your machine. Claude on the web connects from Anthropic’s servers and cannot reach it; Claude Desktop can, by the steps below.",
      unencrypted:
        "This hub has no https address, and Claude on the web takes no other. Claude Desktop can reach it by the steps below.",
      withKey:
        "Claude signs in with your account, on the web and on the desktop. Claude Desktop can use a key as well, by the steps below.",
      desktop: "Claude Desktop",
      node: steps.bridgeNeeds,
      edit: "In Claude Desktop, open Settings, then Developer, and press “Edit Config”. Where the file has entries already, add only what is new to them:",
      restart: (name: string) =>
        `Quit Claude Desktop and open it again: ${name} is listed under Settings, Developer.`,
      web: "Claude on the web, where request headers can be set",
      webAdd:
        "Open Settings, then Connectors, press “Add custom connector”, and give it this address:",
      webHeader:
        "Some workspaces show “Request headers” in this dialog, which is in beta. Add this one. Where it is not shown, Claude on the web takes no key: let it sign in with your account.",
    },
    chatgpt: {
      local:
        "This hub runs on your machine. ChatGPT connects from OpenAI’s servers and cannot reach it. Put the hub on a public https address first.",
      unencrypted:
        "This hub has no https address, and ChatGPT takes no other. Put the hub on a public https address first.",
      withKey:
        "ChatGPT signs in with your account. It takes a key only where your workspace lets an access token be given.",
      mode: "In ChatGPT, open Settings, then Apps, then Advanced settings, and switch on Developer mode.",
      create: "Press “Create app” and give it this address:",
      token:
        "Where the dialog offers an access token or API key, choose it and paste your key. Do not choose “No authentication”: the hub refuses calls without a key.",
      use: "In a chat, press +, then More, then Developer mode, and choose the app.",
    },
    codex: {
      key: "Put the key where Codex finds it: in the environment of the shell it starts from.",
      check: (name: string) => `Start Codex and enter /mcp: ${name} is listed with its tools.`,
      editor: "The editor extension reads the same file.",
    },
    "gemini-cli": {
      check: (name: string) => `In Gemini CLI, enter /mcp: ${name} is listed with its tools.`,
      antigravity: "Antigravity CLI, which has followed Gemini CLI for personal accounts",
      antigravityCheck: (name: string) =>
        `In Antigravity CLI, enter /mcp: ${name} is listed with its tools.`,
    },
    windsurf: {
      refresh: (name: string) =>
        `Open the MCP servers in Cascade and press refresh: ${name} is listed with its tools.`,
      devin: "Devin Desktop, as Windsurf is called since June 2026",
      devinCheck: (name: string) => `Open the MCP list: ${name} is listed with its tools.`,
    },
    json: {
      file: "Add this where your client keeps its MCP servers. Most take this form; some call the address serverUrl or httpUrl.",
      check: "Restart the client, and look for the tools in its list.",
      bridge: "A client that only starts programs",
      bridgeFile: "With Node.js 20 or newer installed, mcp-remote passes everything on:",
    },
    rest: {
      key: "Put the key into the environment:",
      list: "List the tools with their ids:",
      call: "Call one:",
      callOne: (tool: string) => `Call one, here ${tool}:`,
      reference: "All addresses, parameters and answers:",
      openReference: "API reference",
    },
  },

  waiting: {
    title: "Connection check",
    forClient: (client: string) => `Waiting for the first connection from ${client} …`,
    forProgram: "Waiting for the first call from your program …",
    hint: "Leave this page open: it notices by itself.",
    connected: "Connected",
    called: (tool: string) => `Called: ${tool}`,
    announced: (client: string) => `Connected: ${client}`,
    offline: "Live updates are interrupted; this page looks every few seconds instead.",
    late: "Nothing yet. What to check:",
    reach: (host: string) => `The client’s machine must reach ${host}.`,
    reachLocal: (host: string) =>
      `${host} is this machine only: the client must run here, not in a container or on a server.`,
    approval:
      "You must have pressed “Allow” on the page of this hub that the client opened. Start signing in from the client again if you closed it.",
    header:
      "The key must arrive in the header “Authorization: Bearer …”, without quotes around it.",
    restart:
      "Most clients read their configuration at the start only: quit the client and open it again.",
    key: "A key that was revoked or mistyped is refused: make a new one if you are unsure.",
  },

  connected: {
    title: "Clients that have connected",
    empty: "No AI client has connected yet. Add one by the steps above.",
    protocol: "Protocol",
    key: "Key",
    firstSeen: "First seen",
    lastSeen: "Last seen",
    otherKey: "not in your list",
    session: "none",
    grant: "none, it was given access",
  },

  keys: {
    title: "API keys",
    all: "Scopes, expiry and rotation",
    empty: "There is no API key in force.",
    prefix: "Begins with",
    created: "Created",
    owner: "Whose",
    you: "You",
    somebody: "Somebody else",
    newest: "new",
    revoke: "Revoke",
    revokeWhat: (name: string) => `Revoke the key ${name}`,
    ask: (name: string) => `Revoke “${name}”?`,
    consequence:
      "Every client and program that uses this key is refused from its next request on. This cannot be undone.",
    revoked: (name: string) => `The key “${name}” is revoked`,
    failed: (name: string) => `The key “${name}” is still in force`,
  },
};
