import { Check, Minus } from "lucide-react";
import { Fragment } from "react";
import type { TeamRole } from "../../../shared/contracts/members";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { permissionWords } from "../words/permissions";
import { roleName } from "./role-name";

const said = words.team.roles;
const { said: inWords, groups } = permissionWords;

/** What each role may do: a permission to a line, a role to a column. It scrolls within itself where it is wide. */
export function RoleMatrix({ roles }: { roles: readonly TeamRole[] }) {
  return (
    <div
      role="group"
      aria-label={said.matrix}
      tabIndex={0}
      className="relative min-w-0 overflow-x-auto rounded-xl border border-line bg-surface shadow-panel"
    >
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{said.matrix}</caption>
        <thead>
          <tr className="border-b border-line">
            <th
              scope="col"
              className="sticky left-0 z-1 min-w-40 bg-surface px-4 py-2.5 text-left font-medium sm:min-w-72"
            >
              {said.permission}
            </th>
            {roles.map(({ id, name }) => (
              <th key={id} scope="col" className="min-w-22 px-2 py-2.5 text-center font-medium">
                <bdi className="wrap-anywhere">{plainLine(roleName(id, name), 24)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ title, permissions }) => (
            <Fragment key={title}>
              <tr className="bg-raised">
                <th
                  scope="colgroup"
                  colSpan={roles.length + 1}
                  className="px-4 py-1.5 text-left text-[0.8125rem] font-medium text-muted"
                >
                  <span className="sticky left-4">{title}</span>
                </th>
              </tr>
              {permissions.map((permission) => (
                <tr key={permission} className="border-t border-line">
                  <th
                    scope="row"
                    className="sticky left-0 z-1 bg-surface px-4 py-2 text-left font-normal"
                  >
                    {inWords[permission].name}
                    <span className="hidden text-[0.8125rem] text-muted sm:block">
                      {inWords[permission].means}
                    </span>
                  </th>
                  {roles.map((role) => (
                    <td key={role.id} className="px-2 py-2 text-center">
                      <Mark allowed={role.permissions.includes(permission)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Mark = ({ allowed }: { allowed: boolean }) => (
  <>
    {allowed ? (
      <Check aria-hidden className="mx-auto size-4.5 text-success" />
    ) : (
      <Minus aria-hidden className="mx-auto size-4.5 text-muted opacity-50" />
    )}
    <span className="sr-only">{allowed ? said.allowed : said.notAllowed}</span>
  </>
);
