import { useSuspenseQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { ForeignName } from "../ui/foreign";
import { words } from "../words";
import { latePopup } from "./late-popup";
import { Logo } from "./logo";
import { meQuery } from "./queries";

const Teams = latePopup(() => import("./team-menu").then(({ TeamMenu }) => TeamMenu));

/** The team the page is about; its menu leads to the others. */
export function TeamSwitcher() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Teams
      className="mr-10 flex min-h-12 min-w-0 items-center gap-3 rounded-lg px-2 text-left hover:bg-raised lg:mr-0"
      face={
        <>
          <Logo />
          <span className="min-w-0 flex-1">
            <span className="block text-sm leading-tight font-semibold">{words.product}</span>
            <span className="block truncate text-[0.8125rem] leading-tight text-muted">
              <ForeignName>{me.team.name}</ForeignName>
            </span>
          </span>
          <span className="sr-only">{words.team.switcher.more}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
        </>
      }
    />
  );
}
