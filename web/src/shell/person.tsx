import { useSuspenseQuery } from "@tanstack/react-query";
import { ChevronsUpDown } from "lucide-react";
import { roleName } from "../members/role-name";
import { ForeignName, plainLine } from "../ui/foreign";
import { words } from "../words";
import { latePopup } from "./late-popup";
import { meQuery } from "./queries";

const Popup = latePopup(() => import("./person-menu").then(({ PersonMenu }) => PersonMenu));

/** Who is signed in. */
export function Person() {
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <div className="border-t border-line pt-2">
      <Popup
        className="flex min-h-12 w-full min-w-0 items-center gap-2 rounded-lg px-2 text-left hover:bg-raised"
        face={
          <>
            <span
              aria-hidden
              className="grid size-8 shrink-0 place-items-center rounded-full bg-raised text-[0.8125rem] font-semibold uppercase"
            >
              {plainLine(me.person.name, 4).slice(0, 1)}
            </span>
            <span className="min-w-0 flex-1 leading-tight">
              <span className="block truncate text-sm font-medium">
                <ForeignName>{me.person.name}</ForeignName>
              </span>
              <span className="block truncate text-[0.8125rem] text-muted">
                {roleName(me.role, me.role)}
              </span>
            </span>
            <span className="sr-only">{words.team.person.more}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          </>
        }
      />
    </div>
  );
}
