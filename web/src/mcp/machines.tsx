import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bot, Plus, RotateCw, Trash2 } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { MachineClient } from "../../../shared/contracts/grants";
import { api, done } from "../client";
import { connectionNamesQuery } from "../connections/queries";
import { scopesInWords } from "../keys/scopes";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ForeignName, plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { notify } from "../ui/notify";
import { Section } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { connectionsInWords } from "./connections-in-words";
import { InlineFacts } from "./inline-facts";
import { ListPanel } from "./list-panel";
import { machinesQuery } from "./queries";

const { machines: say } = words.keys;
const Make = lazy(() =>
  import("./make-machine-dialog").then(({ MakeMachineDialog }) => ({
    default: MakeMachineDialog,
  })),
);
const Rotate = lazy(() =>
  import("./rotate-machine-dialog").then(({ RotateMachineDialog }) => ({
    default: RotateMachineDialog,
  })),
);

/** Programs that sign in for themselves. */
export function Machines() {
  const list = useInfiniteQuery(machinesQuery);
  const names = useQuery(connectionNamesQuery).data?.items;
  const queries = useQueryClient();
  const heading = useRef<HTMLSpanElement>(null);
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<{ about: MachineClient; what: "rotate" | "delete" }>();
  const close = () => setAsked(undefined);
  const remove = useMutation({
    mutationFn: ({ id }: MachineClient) =>
      done(api.v1["machine-clients"][":id"].$delete({ param: { id } })),
    onSuccess: async (_, { name }) => {
      close();
      await queries.invalidateQueries({ queryKey: queryKeys.machines });
      heading.current?.focus();
      notify({ tone: "success", title: say.deleted(plainLine(name, 80)) });
    },
  });
  return (
    <Section
      title={
        <span ref={heading} tabIndex={-1} className="outline-none">
          {say.title}
        </span>
      }
      actions={
        <Button
          size="small"
          className="min-h-9"
          icon={<Plus aria-hidden className="size-4" />}
          onClick={() => setMaking(true)}
        >
          {say.make}
        </Button>
      }
    >
      <p className="text-sm text-muted">{say.hint}</p>
      <ListPanel
        list={list}
        icon={<Bot aria-hidden className="size-5 shrink-0 text-muted" />}
        empty={say.empty}
        row={(machine) => (
          <li key={machine.id} className="flex min-w-0 items-center gap-3 py-3 pr-2 pl-4">
            <div className="min-w-0 flex-1">
              <h3 className="text-sm wrap-anywhere">
                <ForeignName>{machine.name}</ForeignName>
              </h3>
              <InlineFacts
                facts={[
                  [say.id, <code key="id">{machine.id}</code>],
                  [words.keys.grants.may, scopesInWords(machine.scopes)],
                  [say.connections, <bdi>{connectionsInWords(machine.connections, names)}</bdi>],
                  [say.madeBy, <ForeignName>{machine.createdBy.name}</ForeignName>],
                  [
                    say.lastSeen,
                    machine.lastSeen === null ? (
                      say.never
                    ) : (
                      <RelativeTime at={machine.lastSeen.at} />
                    ),
                  ],
                ]}
              />
            </div>
            <Menu
              label={say.actions(plainLine(machine.name, 80))}
              items={[
                {
                  label: say.rotate,
                  icon: <RotateCw aria-hidden className="size-4" />,
                  run: () => setAsked({ about: machine, what: "rotate" }),
                },
                {
                  label: say.delete,
                  icon: <Trash2 aria-hidden className="size-4" />,
                  run: () => {
                    remove.reset();
                    setAsked({ about: machine, what: "delete" });
                  },
                  danger: true,
                },
              ]}
            />
          </li>
        )}
      />
      <Suspense>
        {making ? <Make onClose={() => setMaking(false)} /> : null}
        {asked?.what === "rotate" ? <Rotate machine={asked.about} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "delete" ? (
        <ConfirmDialog
          open
          danger
          onClose={close}
          title={say.deleteTitle(plainLine(asked.about.name, 80))}
          description={say.deleteWhy}
          confirm={say.delete}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(asked.about)}
        >
          {remove.error ? <ErrorNote error={remove.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}
