// Runs a script of the project on the Node that comes with it. Works from Node 20 on.
// Installs what is missing first, so that every command stands alone on a fresh checkout.
import { spawn } from "node:child_process";
import { install, projectNode, stopWith } from "./install.mjs";

const [script, ...args] = process.argv.slice(2);
await install();
const child = spawn(projectNode(), ["--disable-warning=ExperimentalWarning", script, ...args], {
  stdio: "inherit",
});
stopWith(child);
