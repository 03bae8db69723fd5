import { Lock } from "lucide-react";
import { words } from "../words";

export const NoPermissionNote = ({ children }: { children?: string }) => (
  <p className="flex items-start gap-2 text-sm text-muted">
    <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
    {children ?? words.connections.mayNotChange}
  </p>
);
