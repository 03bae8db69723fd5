import { Download } from "lucide-react";
import type { ListState } from "../live-list/live-list";
import { PauseButton } from "../live-list/pause-button";
import { IconButton } from "../ui/button";
import { saveFile } from "../ui/save-file";
import { words } from "../words";
import type { Feed } from "./feed";

const text = words.activity;

/** Holds the list still and lets it go on; keeps what is loaded as a file. */
export function StreamControls({ feed, state }: { feed: Feed; state: ListState }) {
  const { size } = state;
  return (
    <>
      <PauseButton list={feed} state={state} say={text} />
      <IconButton
        look="secondary"
        disabled={size === 0}
        label={text.download(size)}
        className="size-9.5"
        onClick={() => void download(feed)}
      >
        <Download aria-hidden className="size-4" />
      </IconButton>
    </>
  );
}

async function download(feed: Feed): Promise<void> {
  const { csvOf } = await import("./csv");
  const file = new Blob(csvOf(feed.executions.values()), { type: "text/csv;charset=utf-8" });
  const now = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  saveFile(`plugboard-activity-${now}.csv`, file);
}
