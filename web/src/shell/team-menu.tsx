import { Menu } from "@base-ui/react/menu";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, LoaderCircle, Plus, Settings } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { roleName } from "../members/role-name";
import { ForeignIcon, plainLine } from "../ui/foreign";
import { ErrorDescription } from "../ui/states";
import { words } from "../words";
import { announce } from "./announcer";
import type { PopupFace } from "./late-popup";
import { PopupButton, popupItem, PopupLine } from "./popup-button";
import { accountQuery, meQuery } from "./queries";
import { useSwitchTeam } from "./use-switch-team";

const said = words.team.switcher;
const MakeTeam = lazy(() =>
  import("./make-team-dialog").then(({ MakeTeamDialog }) => ({ default: MakeTeamDialog })),
);

export function TeamMenu(face: PopupFace) {
  const { data: me } = useSuspenseQuery(meQuery);
  const account = useQuery(accountQuery);
  const navigate = useNavigate();
  const change = useSwitchTeam();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PopupButton {...face} side="bottom">
        <Menu.RadioGroup
          value={me.team.id}
          onValueChange={(id: string) => {
            if (id === me.team.id || change.isPending) return;
            const name = account.data?.teams.find((team) => team.id === id)?.name ?? "";
            announce(said.switching(plainLine(name, 80)));
            change.mutate(id);
          }}
        >
          <Menu.GroupLabel className="px-2.5 py-1.5 text-xs font-medium text-muted">
            {said.mine}
          </Menu.GroupLabel>
          {account.data?.teams.map(({ id, name, role }) => (
            <Menu.RadioItem key={id} value={id} closeOnClick className={popupItem()}>
              <ForeignIcon name={name} className="size-7" />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate">{plainLine(name, 80)}</bdi>
                <span className="block truncate text-xs text-muted">{roleName(role, role)}</span>
              </span>
              {change.isPending && change.variables === id ? (
                <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" />
              ) : null}
              <Menu.RadioItemIndicator>
                <Check aria-hidden className="size-4 shrink-0 text-accent" />
              </Menu.RadioItemIndicator>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {account.isPending ? (
          <p className="flex items-center gap-2 px-2.5 py-2 text-sm text-muted">
            <LoaderCircle aria-hidden className="size-4 animate-spin" /> {said.loading} …
          </p>
        ) : null}
        {account.error && !account.data ? (
          <div className="px-2.5 py-2 text-[0.8125rem]">
            <ErrorDescription error={account.error} />
          </div>
        ) : null}
        <PopupLine />
        <Menu.Item className={popupItem()} onClick={() => void navigate({ to: "/team/settings" })}>
          <Settings aria-hidden className="size-4" />
          {said.settings}
        </Menu.Item>
        <Menu.Item className={popupItem()} onClick={() => setMaking(true)}>
          <Plus aria-hidden className="size-4" />
          {said.make}
        </Menu.Item>
      </PopupButton>
      <Suspense>{making ? <MakeTeam onClose={() => setMaking(false)} /> : null}</Suspense>
    </>
  );
}
