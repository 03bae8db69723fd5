import { Pause, Play } from "lucide-react";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import type { ListState } from "./live-list";

type PauseButtonProps = {
  list: { pause: (paused: boolean) => void };
  state: ListState;
  say: {
    pause: string;
    resume: string;
    paused: string;
    resumed: string;
    waiting: (count: number, more: boolean) => string;
  };
};

/** Holds the list still and lets it go on. */
export function PauseButton({ list, state, say }: PauseButtonProps) {
  const { paused, waiting, outdated } = state;
  const toggle = () => {
    list.pause(!paused);
    announce(paused ? say.resumed : say.paused);
  };
  const Icon = paused ? Play : Pause;
  return (
    <>
      {paused ? (
        <span className="text-[0.8125rem] text-muted tabular-nums">
          {say.waiting(waiting, outdated)}
        </span>
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
