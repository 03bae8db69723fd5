import type { ReactNode } from "react";
import { Panel } from "./page";

/** A list without items, where one line says all there is to say. */
export const EmptyLine = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <Panel className="flex min-h-14 items-center gap-2.5 px-4 py-3 text-sm">
    {icon}
    {children}
  </Panel>
);
