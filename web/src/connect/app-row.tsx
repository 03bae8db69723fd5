import type { OAuthApp } from "../../../shared/contracts/connectors";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { RelativeTime } from "../ui/time";
import { connect as connectWords } from "../words/connect";

const say = connectWords.apps;

export function AppRow({
  app: { clientId, hasSecret, source, updatedAt },
  name,
  onReplace,
  onRemove,
}: {
  app: OAuthApp;
  /** The vendor's. */
  name: string;
  onReplace: () => void;
  onRemove: () => void;
}) {
  const own = source === "team";
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <h2 className="flex flex-wrap items-center gap-2 text-sm wrap-anywhere">
          {name}
          <Badge>{say.source[source]}</Badge>
        </h2>
        <p className="text-[0.8125rem] text-muted wrap-anywhere">
          <code>{plainLine(clientId, 200)}</code>, {hasSecret ? say.withSecret : say.withoutSecret}
          {updatedAt === null ? null : (
            <>
              {" · "}
              {say.changed} <RelativeTime at={updatedAt} />
            </>
          )}
        </p>
        {own ? null : <p className="text-[0.8125rem] text-muted">{say.givenHint}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-label={`${own ? say.replace : say.useOwn}: ${name}`}
          onClick={onReplace}
        >
          {own ? say.replace : say.useOwn}
        </Button>
        {own ? (
          <Button
            size="small"
            look="quiet"
            aria-label={`${say.remove}: ${name}`}
            onClick={onRemove}
          >
            {say.remove}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
