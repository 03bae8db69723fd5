import { Pause, Play } from "lucide-react";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { jobs as say } from "../words/jobs";
import type { JobFeed, JobFeedState } from "./job-feed";

/** Holds the list still and lets it go on. */
export function PauseButton({ feed, state }: { feed: JobFeed; state: JobFeedState }) {
  const { paused, waiting } = state;
  const toggle = () => {
    feed.pause(!paused);
    announce(paused ? say.resumed : say.paused);
  };
  const Icon = paused ? Play : Pause;
  return (
    <>
      {paused ? (
        <span className="text-[0.8125rem] text-muted tabular-nums">{say.waiting(waiting)}</span>
      ) : null}
      <Button
        look={paused ? "primary" : "secondary"}
        icon={<Icon aria-hidden className="size-4" />}
        onClick={toggle}
      >
        {paused ? say.resume : say.pause}
      </Button>
    </>
  );
}
