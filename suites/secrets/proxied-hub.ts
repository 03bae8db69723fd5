// The hub as `npm start` runs it, but that PROXY plays the world: whatever it asks for outside is answered there.
import process from "node:process";
import { build } from "../../scripts/build.ts";
import { runtimeEnvironment, takeDataFolder } from "../../scripts/data-folder.ts";
import { startHub } from "../../scripts/hub.ts";

const { PORT: port = "", PLUGBOARD_DATA: data = "", PROXY: proxy = "" } = process.env;
const giveBack = takeDataFolder(data);
Object.assign(process.env, runtimeEnvironment(data));
const hub = await startHub({
  built: await build(),
  port: Number(port),
  data,
  proxy,
  vars: {
    PLUGBOARD_ALLOW_LOOPBACK: "true",
    PLUGBOARD_DOH_URL: "",
    PLUGBOARD_HOSTS: ["localhost", "127.0.0.1"].map((host) => `${host}:${port}`).join(),
    PLUGBOARD_SIGN_UP: "open",
    PLUGBOARD_ADDRESS_HEADER: "",
    PLUGBOARD_USER_PER_MINUTE: "0",
    PLUGBOARD_CONNECTION_PER_MINUTE: "0",
  },
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(
    signal,
    () =>
      void hub
        .stop()
        .then(giveBack)
        .then(() => process.exit(0)),
  );
process.on("disconnect", () => process.exit(1));
process.on("message", ({ cron, at }: { cron: string; at: number }) => {
  void hub
    .fire(cron, at)
    .then(() => true)
    .catch(() => false)
    .then((fired) => process.send?.({ cron, at, fired }));
});
const setup = await fetch(`http://127.0.0.1:${port}/api/auth/setup`, {
  method: "POST",
  headers: { authorization: `Bearer ${hub.setupToken}`, "content-type": "application/json" },
  body: JSON.stringify({ team: "My team", owner: "Owner" }),
});
const { signInToken, apiKey } = (await setup.json()) as Record<string, string>;
console.log(`Sign-in link: ${hub.url}/sign-in?token=${signInToken}`);
console.log(`API key: ${apiKey}`);
console.log(`Plugboard ready: ${hub.url}`);
