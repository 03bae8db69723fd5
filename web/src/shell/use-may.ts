import { useQuery } from "@tanstack/react-query";
import type { Permission } from "../../../shared/roles";
import { meQuery } from "./queries";

export function useMay(permission: Permission): boolean {
  const { data: me } = useQuery(meQuery);
  return me?.permissions.includes(permission) ?? false;
}
