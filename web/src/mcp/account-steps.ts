// The steps where the client signs in with its person's account: it opens a page of the hub, which asks what it may do.
import { clients as words } from "../words/clients";
import {
  bridgeJson,
  codexToml,
  cursorLink,
  serversJson,
  sharedJson,
  vscodeJson,
  vscodeLink,
  type Server,
} from "./configs";
import type { AiClientId } from "./search";
import { commandOf, file, mainWay, paste, run, shell, type Instructions } from "./step";
import { chatgptWithAccount, claudeWithAccount } from "./web-clients";

const { steps: say, add, account } = words;

export function accountSteps(asked: Server & { client: AiClientId }): Instructions {
  const main = mainWay(asked.client);
  const { name, endpoint } = asked;
  const approve = { text: account.approve };
  switch (asked.client) {
    case "claude-code":
      return main(
        [
          run("claude mcp add --scope user --transport http", name, endpoint),
          { text: account["claude-code"].signIn(name) },
          approve,
        ],
        {
          title: say["claude-code"].shared,
          steps: [paste(account["claude-code"].sharedFile, sharedJson(asked)), approve],
        },
      );
    case "cursor":
      return main(
        [
          {
            text: add.opens("Cursor"),
            links: [{ label: add.openIn("Cursor"), href: cursorLink(asked) }],
          },
          { text: account.cursor.signIn(name) },
          approve,
        ],
        { title: say.or, steps: [file("~/.cursor/mcp.json", serversJson(asked, "url"))] },
      );
    case "vscode":
      return main(
        [
          {
            text: add.opens("VS Code"),
            links: [
              { label: add.openIn("VS Code"), href: vscodeLink(asked, "vscode") },
              { label: add.openIn("VS Code Insiders"), href: vscodeLink(asked, "vscode-insiders") },
            ],
          },
          { text: account.vscode.signIn },
          approve,
          { text: say.vscode.check(name) },
        ],
        { title: say.or, steps: [paste(say.vscode.open, vscodeJson(asked))] },
      );
    case "claude":
      return claudeWithAccount(asked);
    case "chatgpt":
      return chatgptWithAccount(asked);
    case "codex":
      return main(
        [
          run("codex mcp add", name, "--url", endpoint),
          approve,
          shell(account.codex.again, commandOf("codex mcp login", name)),
          { text: say.codex.check(name) },
        ],
        {
          title: say.or,
          steps: [
            file("~/.codex/config.toml", codexToml(asked)),
            run("codex mcp login", name),
            { text: say.codex.editor },
          ],
        },
      );
    case "gemini-cli":
      return main(
        [
          run("gemini mcp add --scope user --transport http", name, endpoint),
          { text: account["gemini-cli"].signIn(name) },
          approve,
        ],
        {
          title: say.or,
          steps: [file("~/.gemini/settings.json", serversJson(asked, "httpUrl"))],
        },
      );
    case "windsurf":
      return main(
        [
          file("~/.codeium/windsurf/mcp_config.json", serversJson(asked, "serverUrl")),
          { text: account.windsurf.signIn },
          approve,
        ],
        {
          title: say.windsurf.devin,
          steps: [file("~/.config/devin/mcp_config.json", serversJson(asked, "url")), approve],
        },
      );
    case "json":
      return main(
        [
          paste(say.json.file, serversJson(asked, "url", "http")),
          { text: account.json.signIn },
          approve,
        ],
        {
          title: say.json.bridge,
          steps: [paste(say.json.bridgeFile, bridgeJson(asked)), approve],
        },
      );
  }
}
