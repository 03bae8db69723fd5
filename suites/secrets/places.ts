// Where a hub writes and speaks without being asked: its data folder and the live stream.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { HubProcess } from "../hub-process.ts";
import type { Search } from "./search.ts";

/** Every file under the data folder. The master key is there on purpose; it must stand in its own file only. */
export function searchFolder(search: Search, data: string, when: string): number {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const own = join(data, "master-keys.json");
  const master = existsSync(own)
    ? Object.values(JSON.parse(readFileSync(own, "utf8")) as Record<string, string>)
    : [];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const bytes = readFileSync(path);
    search.in(`the file ${relative(data, path)} ${when}`, bytes);
    if (file.name !== "master-keys.json" && master.some((key) => bytes.includes(key)))
      search.hit("the master key", "raw", `the file ${relative(data, path)} ${when}`);
  }
  return files.length;
}

export async function watch(hub: HubProcess, search: Search) {
  let messages = 0;
  const socket = new WebSocket(`${hub.url.replace("http", "ws")}/api/v1/live`, {
    headers: { authorization: `Bearer ${hub.apiKey}` },
  });
  socket.addEventListener("message", ({ data }) => {
    messages++;
    search.in("a live message", String(data));
  });
  await new Promise((opened, failed) => {
    socket.addEventListener("open", opened);
    socket.addEventListener("error", failed);
  });
  return { messages: () => messages, close: () => socket.close() };
}
