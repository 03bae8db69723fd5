// Clients that connect from their makers' servers: only an https address can be reached from there.
import { clients as words } from "../words/clients";
import { bearer, bridgeJson, type Server } from "./configs";
import { reachOf } from "./endpoint";
import { address, header, mainWay, paste, type Instructions, type Way } from "./step";

const { steps: say, account } = words;

const outOfReach = {
  "this-machine": { claude: say.claude.local, chatgpt: say.chatgpt.local },
  unencrypted: { claude: say.claude.unencrypted, chatgpt: say.chatgpt.unencrypted },
};

/** A bridge that Claude Desktop starts reaches what this machine reaches. */
const desktop = (asked: Server): Way => ({
  title: say.claude.desktop,
  steps: [
    { text: say.claude.node },
    paste(say.claude.edit, bridgeJson(asked)),
    { text: say.claude.restart(asked.name) },
    ...(asked.key === undefined ? [{ text: account.approve }] : []),
  ],
});

export function claudeWithAccount(asked: Server): Instructions {
  const reach = reachOf(asked.endpoint);
  if (reach !== "https") return { notice: outOfReach[reach].claude, ways: [desktop(asked)] };
  return mainWay("claude")([
    address(say.claude.webAdd, asked.endpoint),
    { text: account.claude.signIn },
    { text: account.approve },
    { text: account.claude.use },
  ]);
}

export function claudeWithKey(asked: Server): Instructions {
  const reach = reachOf(asked.endpoint);
  if (reach !== "https") return { notice: outOfReach[reach].claude, ways: [desktop(asked)] };
  const web: Way = {
    title: say.claude.web,
    steps: [
      address(say.claude.webAdd, asked.endpoint),
      header(say.claude.webHeader, `Authorization: ${bearer(asked)}`),
    ],
  };
  return { notice: say.claude.withKey, ways: [desktop(asked), web] };
}

export function chatgptWithAccount({ endpoint }: Server): Instructions {
  const reach = reachOf(endpoint);
  const made = mainWay("chatgpt")([
    { text: say.chatgpt.mode },
    address(say.chatgpt.create, endpoint),
    { text: account.chatgpt.signIn },
    { text: account.approve },
    { text: say.chatgpt.use },
  ]);
  return reach === "https" ? made : { notice: outOfReach[reach].chatgpt, ...made };
}

export function chatgptWithKey({ endpoint }: Server): Instructions {
  const reach = reachOf(endpoint);
  return {
    notice: reach === "https" ? say.chatgpt.withKey : outOfReach[reach].chatgpt,
    ...mainWay("chatgpt")([
      { text: say.chatgpt.mode },
      address(say.chatgpt.create, endpoint),
      { text: say.chatgpt.token },
      { text: say.chatgpt.use },
    ]),
  };
}
