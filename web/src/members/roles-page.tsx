import { useQuery } from "@tanstack/react-query";
import { Plus, Shapes } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { TeamRole } from "../../../shared/contracts/members";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { OwnRole } from "./own-role";
import { rolesQuery } from "./queries";
import { RoleMatrix } from "./role-matrix";
import { TeamFrame } from "./team-frame";

const said = words.team.roles;
const RoleDialog = lazy(() =>
  import("./role-dialog").then(({ RoleDialog }) => ({ default: RoleDialog })),
);
const DeleteRole = lazy(() =>
  import("./delete-role").then(({ DeleteRole }) => ({ default: DeleteRole })),
);

type Asked = { what: "make" } | { what: "edit" | "delete"; role: TeamRole };

export function RolesPage() {
  const roles = useQuery(rolesQuery);
  const mayManage = useMay("roles.manage");
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const make = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setAsked({ what: "make" })}
    >
      {said.make}
    </Button>
  );
  const items = roles.data?.items;
  const own = items?.filter(({ builtIn }) => !builtIn) ?? [];
  return (
    <TeamFrame actions={mayManage && own.length > 0 ? make : null}>
      {roles.error && !items ? (
        <ErrorState error={roles.error} retry={() => void roles.refetch()} />
      ) : null}
      {roles.error && items ? (
        <ErrorNote error={roles.error} retry={() => void roles.refetch()} />
      ) : null}
      {roles.isPending ? <SkeletonRows rows={6} className="h-12" /> : null}
      {items ? (
        <>
          <Section title={said.own}>
            {own.length === 0 ? (
              <EmptyState
                icon={<Shapes className="size-6" />}
                title={said.noOwn}
                actions={mayManage ? make : null}
              >
                <p>{said.noOwnHint}</p>
              </EmptyState>
            ) : (
              <Panel>
                <ul className="divide-y divide-line">
                  {own.map((role) => (
                    <OwnRole
                      key={role.id}
                      role={role}
                      mayManage={mayManage}
                      onEdit={() => setAsked({ what: "edit", role })}
                      onDelete={() => setAsked({ what: "delete", role })}
                    />
                  ))}
                </ul>
              </Panel>
            )}
          </Section>
          <Section title={said.matrix}>
            <p className="max-w-2xl text-sm text-muted">{said.description}</p>
            <RoleMatrix roles={items} />
          </Section>
        </>
      ) : null}
      <Suspense>
        {asked?.what === "make" ? <RoleDialog roles={items ?? []} onClose={close} /> : null}
        {asked?.what === "edit" ? (
          <RoleDialog roles={items ?? []} role={asked.role} onClose={close} />
        ) : null}
        {asked?.what === "delete" ? <DeleteRole role={asked.role} onClose={close} /> : null}
      </Suspense>
    </TeamFrame>
  );
}
