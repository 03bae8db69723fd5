import { useSecond } from "../executions/use-second";
import { formatSeconds, RelativeTime } from "../ui/time";
import { limits as say } from "../words/limits";

const minute = 60_000;

/** When something comes: by the second where it is near. */
export function Until({ at }: { at: number }) {
  const left = at - useSecond();
  if (left >= minute) return <RelativeTime at={at} />;
  return (
    <time dateTime={new Date(at).toISOString()}>
      {left < 1000 ? say.now : say.inTime(formatSeconds(left))}
    </time>
  );
}
