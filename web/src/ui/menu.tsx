import { Ellipsis } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { IconButton } from "./button";

export type MenuItem = {
  label: string;
  icon?: ReactNode;
  run: () => void;
  danger?: boolean;
  disabled?: boolean;
};
export type MenuProps = { label: string; items: readonly MenuItem[] };

const load = () => import("./open-menu");
const OpenMenu = lazy(() => load().then((code) => ({ default: code.OpenMenu })));

/** More actions behind three dots. The code of the menu itself comes when somebody reaches for it. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = (
    <IconButton
      label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
    >
      <Ellipsis aria-hidden className="size-4.5" />
    </IconButton>
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenMenu {...props} />
    </Suspense>
  );
}
