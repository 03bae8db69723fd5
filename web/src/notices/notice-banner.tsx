import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { mendingOf } from "./mend";
import { openNoticesQuery } from "./queries";

const { banner: say, mend, look } = words.notices;
/** What stops work now, or will in a while. A reminder can wait in the inbox. */
const pressing = ["connection.needs_reauth", "connection.misconfigured", "connection.expiring"];

/** Stands above every page until it is mended or read; not where one reads of it or mends it. */
export function NoticeBanner({ className }: { className: string }) {
  const { data } = useQuery(openNoticesQuery);
  const { pathname } = useLocation();
  const [first, ...others] = (data?.items ?? []).filter(
    ({ kind, path }) => pressing.includes(kind) && path !== pathname,
  );
  if (!first || pathname === "/inbox" || pathname === "/connections/new") return null;
  const title = plainLine(first.title, 120);
  const mending = others.length > 0 ? undefined : mendingOf(first);
  return (
    <div role="status" className={`${className} border-warning/30 bg-warning-soft text-warning`}>
      <KeyRound aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 wrap-anywhere">
        {others.length === 0 ? say.one(title) : say.more(title, others.length)}
      </p>
      {mending === undefined ? (
        <ButtonLink to="/inbox" size="small">
          {say.toInbox}
        </ButtonLink>
      ) : (
        <ButtonLink to={mending.to.path} search={mending.to.search} size="small">
          {mending.step === "reconnect" ? (mend[first.kind] ?? look) : look}
        </ButtonLink>
      )}
    </div>
  );
}
