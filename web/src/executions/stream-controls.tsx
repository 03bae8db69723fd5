import { Download, Pause, Play } from "lucide-react";
import { announce } from "../shell/announcer";
import { Button, IconButton } from "../ui/button";
import { saveFile } from "../ui/save-file";
import { words } from "../words";
import type { Feed, FeedState } from "./feed";

const text = words.activity;

/** Holds the list still and lets it go on; keeps what is loaded as a file. */
export function StreamControls({ feed, state }: { feed: Feed; state: FeedState }) {
  const { paused, waiting, outdated, size } = state;
  const toggle = () => {
    feed.pause(!paused);
    announce(paused ? text.resumed : text.paused);
  };
  return (
    <>
      {paused ? (
        <span className="text-[0.8125rem] text-muted tabular-nums">
          {text.waiting(waiting, outdated)}
        </span>
      ) : null}
      <Button
        look={paused ? "primary" : "secondary"}
        icon={
          paused ? (
            <Play aria-hidden className="size-4" />
          ) : (
            <Pause aria-hidden className="size-4" />
          )
        }
        onClick={toggle}
      >
        {paused ? text.resume : text.pause}
      </Button>
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
