import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { LimitUse } from "../../../shared/contracts/limits";
import { classNames } from "../ui/class-names";
import { limits as say } from "../words/limits";
import { levelOf, shareUsed, type Level } from "./level";
import { Until } from "./until";

const colours: Record<Level, string> = {
  plenty: "bg-accent",
  nearly: "bg-warning",
  gone: "bg-danger",
};

/** One limit: what is left of it, in words and as a bar. */
export function UseLine({ use, children }: { use: LimitUse; children: ReactNode }) {
  const level = levelOf(use);
  return (
    <div className="flex min-w-0 flex-col gap-1.5 text-sm">
      <div className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">{children}</p>
        <p className="flex items-baseline gap-2 tabular-nums">
          <LevelMark level={level} />
          {say.remaining(use.remaining)}
        </p>
      </div>
      <span aria-hidden className="block h-2 w-full overflow-hidden rounded-full bg-line">
        <span
          className={classNames("block h-full rounded-full", colours[level])}
          style={{ width: `${shareUsed(use) * 100}%` }}
        />
      </span>
      <p className="flex flex-wrap justify-between gap-x-4 text-[0.8125rem] text-muted tabular-nums">
        <span>
          {say.used(use.used, use.limit)}, {say.from[use.from]}
        </span>
        {use.used === 0 ? null : (
          <span>
            {say.whole} <Until at={use.resetAt} />
          </span>
        )}
      </p>
    </div>
  );
}

const LevelMark = ({ level }: { level: Level }) =>
  level === "plenty" ? null : (
    <span
      className={classNames(
        "inline-flex items-baseline gap-1 font-medium",
        level === "gone" ? "text-danger" : "text-warning",
      )}
    >
      {level === "gone" ? (
        <CircleAlert aria-hidden className="size-4 self-center" />
      ) : (
        <TriangleAlert aria-hidden className="size-4 self-center" />
      )}
      {level === "gone" ? say.gone : say.nearly}
    </span>
  );
