import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus, SlidersHorizontal, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { LimitScope, LimitSetting } from "../../../shared/contracts/limits";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { EmptyLine } from "../ui/empty-line";
import { plainLine } from "../ui/foreign";
import { LoadMore } from "../ui/load-more";
import { Menu } from "../ui/menu";
import { notify } from "../ui/notify";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { limits as say } from "../words/limits";
import { removeLimit, settingsQuery } from "./requests";

const { settings: text } = say;
const LimitDialog = lazy(() =>
  import("./limit-dialog").then((code) => ({ default: code.LimitDialog })),
);
const icon = "size-4";

export const nameOf = ({ scope, name }: Pick<LimitSetting, "scope" | "name">): string =>
  scope === "team" || scope === "member" ? say.people[scope] : plainLine(name, 80);

/** The limits the team set itself, of what the signed-in person may set them for. */
export function SettingsSection({ scopes }: { scopes: readonly LimitScope[] }) {
  const list = useInfiniteQuery(settingsQuery);
  const queries = useQueryClient();
  const [edited, setEdited] = useState<LimitSetting | "new">();
  const [removed, setRemoved] = useState<LimitSetting>();
  const [isAsked, setAsked] = useState(false);
  const settings = list.data?.pages.flatMap(({ items }) => items);
  const remove = useMutation({
    mutationFn: removeLimit,
    onSuccess: async () => {
      setAsked(false);
      notify({ tone: "success", title: text.removed });
      await queries.invalidateQueries({ queryKey: queryKeys.limits });
    },
  });
  const closeEdit = () => setEdited(undefined);
  return (
    <Section
      title={text.title}
      actions={
        <Button
          size="small"
          icon={<Plus aria-hidden className={icon} />}
          onClick={() => setEdited("new")}
        >
          {text.add}
        </Button>
      }
    >
      <p className="-mt-2 max-w-2xl text-[0.8125rem] text-muted">{text.description(scopes)}</p>
      {list.error && !settings ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={2} className="h-14" /> : null}
      {settings?.length === 0 ? (
        <EmptyLine icon={<SlidersHorizontal aria-hidden className="size-4 shrink-0 text-muted" />}>
          {text.none}
        </EmptyLine>
      ) : null}
      {settings?.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {settings.map((setting) => (
              <li
                key={`${setting.scope} ${setting.subjectId}`}
                className="flex min-w-0 items-center gap-x-4 py-2.5 pr-3 pl-5 text-sm"
              >
                <div className="min-w-0 flex-1">
                  <p className="font-medium wrap-anywhere">
                    <bdi>{nameOf(setting)}</bdi>
                    {setting.scope === "team" || setting.scope === "member" ? null : (
                      <span className="font-normal text-muted"> · {say.scope[setting.scope]}</span>
                    )}
                  </p>
                  <p className="text-[0.8125rem] text-muted tabular-nums">{inWords(setting)}</p>
                </div>
                <Menu
                  label={text.actionsOf(nameOf(setting))}
                  items={[
                    {
                      label: text.edit,
                      icon: <Pencil aria-hidden className={icon} />,
                      run: () => setEdited(setting),
                    },
                    {
                      label: text.remove,
                      icon: <Trash2 aria-hidden className={icon} />,
                      danger: true,
                      run: () => {
                        remove.reset();
                        setRemoved(setting);
                        setAsked(true);
                      },
                    },
                  ]}
                />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} byHand />
      <Suspense>
        {edited === undefined ? null : (
          <LimitDialog
            scopes={scopes}
            {...(edited === "new" ? {} : { edited })}
            onClose={closeEdit}
          />
        )}
      </Suspense>
      <ConfirmDialog
        open={isAsked}
        onClose={() => setAsked(false)}
        title={removed ? text.removeTitle(nameOf(removed)) : ""}
        description={text.removeWhy}
        confirm={text.removeConfirm}
        danger
        busy={remove.isPending}
        onConfirm={() => {
          if (removed) remove.mutate(removed);
        }}
      >
        {remove.error ? <ErrorNote error={remove.error} /> : null}
      </ConfirmDialog>
    </Section>
  );
}

function inWords({ perMinute, perDay, budgetPerDay }: LimitSetting): string {
  const parts = [
    [perMinute, say.most.minute],
    [perDay, say.most.day],
    [budgetPerDay, say.most.budget],
  ] as const;
  return parts.flatMap(([most, inWords]) => (most === null ? [] : [inWords(most)])).join(" · ");
}
