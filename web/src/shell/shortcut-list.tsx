import { Fragment } from "react";
import { Dialog } from "../ui/dialog";
import { words } from "../words";
import { usePages } from "./use-pages";

const { shortcuts } = words.shell;
const anywhere: [keys: string[], what: string][] = [
  [["Ctrl", "K"], shortcuts.palette],
  [["/"], shortcuts.search],
  [["?"], shortcuts.help],
  [["Esc"], shortcuts.close],
  [["Ctrl", "Enter"], shortcuts.run],
];

const Key = ({ children }: { children: string }) => (
  <kbd className="min-w-6 rounded-md border border-line bg-raised px-1.5 py-0.5 text-center text-xs">
    {children}
  </kbd>
);

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const pages = usePages();
  return (
    <Dialog open onClose={onClose} title={shortcuts.title}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <List title={shortcuts.goTo}>
          {pages.map(({ key, label }) => (
            <Row key={key} what={label}>
              <Key>g</Key>
              <span className="text-xs text-muted">{shortcuts.thenKey}</span>
              <Key>{key}</Key>
            </Row>
          ))}
        </List>
        <List title={shortcuts.anywhere}>
          {anywhere.map(([keys, what]) => (
            <Row key={what} what={what}>
              {keys.map((key) => (
                <Fragment key={key}>
                  <Key>{key}</Key>
                </Fragment>
              ))}
            </Row>
          ))}
        </List>
      </div>
    </Dialog>
  );
}

const List = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div>
    <h3 className="mb-2 text-[0.8125rem] text-muted">{title}</h3>
    <dl className="flex flex-col gap-2">{children}</dl>
  </div>
);

const Row = ({ what, children }: { what: string; children: React.ReactNode }) => (
  <div className="flex items-center justify-between gap-4">
    <dt className="text-sm">{what}</dt>
    <dd className="flex items-center gap-1.5">{children}</dd>
  </div>
);
