import { useMutation } from "@tanstack/react-query";
import { Download, Upload } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { ConnectionExport } from "../../../shared/contracts/connections";
import { answer, api, cursorOf } from "../client";
import { plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { notify } from "../ui/notify";
import { saveFile } from "../ui/save-file";
import { life } from "../words/connection-life";
import type { Transfer } from "./export-file";

const say = life.transfer;
const ImportDialog = lazy(() =>
  import("./import-dialog").then((code) => ({ default: code.ImportDialog })),
);

/** Out of this hub and into another, without anything secret. */
export function TransferMenu({ mayImport }: { mayImport: boolean }) {
  const [importing, setImporting] = useState(false);
  const exporting = useMutation({
    mutationFn: exportAll,
    onSuccess: (file) => {
      saveFile(
        "plugboard-connections.json",
        new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }),
      );
      notify({
        tone: "success",
        title: say.exported(file.connections.length),
        description: say.exportedWhy,
      });
    },
    onError: (error) =>
      notify({
        tone: "danger",
        title: say.exportFailed,
        description: plainLine(error.message, 300),
        timeout: 0,
      }),
  });
  return (
    <>
      <Menu
        label={say.label}
        items={[
          {
            label: say.export,
            icon: <Download aria-hidden className="size-4" />,
            run: () => exporting.mutate(),
            disabled: exporting.isPending,
          },
          ...(mayImport
            ? [
                {
                  label: say.import,
                  icon: <Upload aria-hidden className="size-4" />,
                  run: () => setImporting(true),
                },
              ]
            : []),
        ]}
      />
      <Suspense>{importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}</Suspense>
    </>
  );
}

async function exportAll(): Promise<Transfer> {
  const all: Transfer = { version: 1, connections: [] };
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: ConnectionExport = await answer(
      api.v1.connections.export.$get({ query: cursorOf(cursor) }),
    );
    all.connections.push(...page.connections);
    cursor = page.nextCursor ?? null;
  }
  return all;
}
