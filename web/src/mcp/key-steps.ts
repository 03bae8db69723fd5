// The steps where the client sends an API key with each request.
import { clients as words } from "../words/clients";
import {
  bearer,
  bridgeJson,
  codexToml,
  cursorLink,
  keyPlaceholder,
  keyVariable,
  serversJson,
  sharedJson,
  vscodeJson,
  vscodeLink,
  type Server,
} from "./configs";
import type { AiClientId } from "./search";
import { file, mainWay, paste, run, setKey, type Instructions } from "./step";
import { chatgptWithKey, claudeWithKey } from "./web-clients";

const { steps: say, add } = words;

type Keyed = Server & { key: string | null; client: AiClientId };

export function keySteps(asked: Keyed): Instructions {
  const main = mainWay(asked.client);
  const { name, endpoint } = asked;
  const authorization = `Authorization: ${bearer(asked)}`;
  switch (asked.client) {
    case "claude-code":
      return main(
        [
          run(
            "claude mcp add --scope user --transport http",
            name,
            endpoint,
            "--header",
            authorization,
          ),
          { text: say["claude-code"].check(name) },
        ],
        {
          title: say["claude-code"].shared,
          steps: [
            paste(say["claude-code"].sharedFile, sharedJson(asked)),
            setKey(asked, say.rest.key),
          ],
        },
      );
    case "cursor":
      return main(
        [
          {
            text: add.opens("Cursor"),
            links: [{ label: add.openIn("Cursor"), href: cursorLink(asked) }],
          },
          ...(asked.key === null ? [{ text: say.cursor.fill(keyPlaceholder) }] : []),
          { text: say.cursor.check(name) },
        ],
        { title: say.or, steps: [file("~/.cursor/mcp.json", serversJson(asked, "url"))] },
      );
    case "vscode":
      return main(
        [
          {
            text: `${add.opens("VS Code")}${asked.key === null ? ` ${say.vscode.asks}` : ""}`,
            links: [
              { label: add.openIn("VS Code"), href: vscodeLink(asked, "vscode") },
              { label: add.openIn("VS Code Insiders"), href: vscodeLink(asked, "vscode-insiders") },
            ],
          },
          { text: say.vscode.check(name) },
        ],
        { title: say.or, steps: [paste(say.vscode.open, vscodeJson(asked))] },
      );
    case "claude":
      return claudeWithKey(asked);
    case "chatgpt":
      return chatgptWithKey(asked);
    case "codex":
      return main(
        [
          setKey(asked, say.codex.key),
          run("codex mcp add", name, "--url", endpoint, "--bearer-token-env-var", keyVariable),
          { text: say.codex.check(name) },
        ],
        {
          title: say.or,
          steps: [file("~/.codex/config.toml", codexToml(asked)), { text: say.codex.editor }],
        },
      );
    case "gemini-cli":
      return main(
        [
          run(
            "gemini mcp add --scope user --transport http --header",
            authorization,
            name,
            endpoint,
          ),
          { text: say["gemini-cli"].check(name) },
        ],
        {
          title: say.or,
          steps: [file("~/.gemini/settings.json", serversJson(asked, "httpUrl"))],
        },
        {
          title: say["gemini-cli"].antigravity,
          steps: [
            run("agy mcp add --header", authorization, name, endpoint),
            { text: say["gemini-cli"].antigravityCheck(name) },
          ],
        },
      );
    case "windsurf":
      return main(
        [
          file("~/.codeium/windsurf/mcp_config.json", serversJson(asked, "serverUrl")),
          { text: say.windsurf.refresh(name) },
        ],
        {
          title: say.windsurf.devin,
          steps: [
            file("~/.config/devin/mcp_config.json", serversJson(asked, "url")),
            { text: say.windsurf.devinCheck(name) },
          ],
        },
      );
    case "json":
      return main(
        [paste(say.json.file, serversJson(asked, "url", "http")), { text: say.json.check }],
        { title: say.json.bridge, steps: [paste(say.json.bridgeFile, bridgeJson(asked))] },
      );
  }
}
