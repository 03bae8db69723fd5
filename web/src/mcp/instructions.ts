import { clients as words } from "../words/clients";
import { asCurl } from "../tools/copy-as";
import { accountSteps } from "./account-steps";
import type { Server } from "./configs";
import { keySteps } from "./key-steps";
import { listCommand, type SampleCall } from "./rest-commands";
import type { ClientId } from "./search";
import { setKey, shell, type Instructions } from "./step";

type Asked = Server & { client: ClientId; sample?: (SampleCall & { title: string }) | undefined };

const { steps: say, add } = words;

/** How to add the hub to a client, step by step, with everything filled in that is known. */
export function instructions(asked: Asked): Instructions {
  const { client, key } = asked;
  if (client === "rest") return rest(asked);
  return key === undefined
    ? accountSteps({ ...asked, client })
    : keySteps({ ...asked, client, key });
}

function rest(asked: Asked): Instructions {
  const { origin, pathname } = new URL(asked.endpoint);
  const connection = /^\/mcp\/c\/([^/]+)$/.exec(pathname)?.[1];
  const { sample } = asked;
  const anyTool = { tool: { id: "TOOL_ID", exposedName: "", inputSchema: {} }, args: {} };
  const steps = [
    setKey(asked, say.rest.key),
    shell(say.rest.list, listCommand(origin, connection)),
    shell(
      sample ? say.rest.callOne(sample.title) : say.rest.call,
      asCurl({ origin, ...(sample ?? anyTool) }),
    ),
    {
      text: say.rest.reference,
      links: [{ label: say.rest.openReference, href: "/api/docs" }],
    },
  ];
  return { ways: [{ title: add.program, steps }] };
}
