import { clients as words } from "../words/clients";
import { bearer, bridgeJson, type Server } from "./configs";
import { reachOf } from "./endpoint";
import { address, header, paste, type Instructions, type Way } from "./step";

const { steps: say, add } = words;

/** Claude on the web connects from outside and signs in by OAuth; the desktop program can start a bridge. */
export function claude(asked: Server): Instructions {
  const reach = reachOf(asked.endpoint);
  const desktop: Way = {
    title: say.claude.desktop,
    steps: [
      { text: say.claude.node },
      paste(say.claude.edit, bridgeJson(asked)),
      { text: say.claude.restart(asked.name) },
    ],
  };
  if (reach !== "https")
    return {
      notice: reach === "this-machine" ? say.claude.local : say.claude.unencrypted,
      ways: [desktop],
    };
  const web: Way = {
    title: say.claude.web,
    steps: [
      address(say.claude.webAdd, asked.endpoint),
      header(say.claude.webHeader, `Authorization: ${bearer(asked)}`),
    ],
  };
  return { notice: say.claude.oauth, ways: [desktop, web] };
}

export function chatgpt({ endpoint }: Server): Instructions {
  const reach = reachOf(endpoint);
  const steps = [
    { text: say.chatgpt.mode },
    address(say.chatgpt.create, endpoint),
    { text: say.chatgpt.token },
    { text: say.chatgpt.use },
  ];
  const notice = {
    "this-machine": say.chatgpt.local,
    unencrypted: say.chatgpt.unencrypted,
    https: say.chatgpt.oauth,
  };
  return { notice: notice[reach], ways: [{ title: add.title(words.choose.names.chatgpt), steps }] };
}
