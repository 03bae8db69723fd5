import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { fetchPressed } from "../account/step-up";
import { NetworkError, refusal } from "../client";
import { Button } from "../ui/button";
import { notify } from "../ui/notify";
import { saveFile } from "../ui/save-file";
import { words } from "../words";
import { audit as auditWords } from "../words/audit";
import { queryOf } from "./filters";
import type { AuditSearch } from "./search";

const say = auditWords.export;
type Format = "csv" | "jsonl";

/** All that the filters show, as one file, however much of it is loaded here. */
export function ExportButtons({ search }: { search: AuditSearch }) {
  const save = useMutation({
    mutationFn: async (format: Format) => {
      const query = new URLSearchParams({ format, ...queryOf(search, Date.now()) });
      const response = await fetchPressed(`/api/v1/audit/export?${query}`).catch(
        (cause: unknown) => {
          throw new NetworkError(words.errors.network, { cause });
        },
      );
      if (!response.ok) throw await refusal(response);
      saveFile(`audit-${new Date().toISOString().slice(0, 10)}.${format}`, await response.blob());
    },
    onSuccess: () => notify({ tone: "success", title: say.done }),
    onError: (error) => notify({ tone: "danger", title: say.failed, description: error.message }),
  });
  return (
    <div role="group" aria-label={say.label} title={say.hint} className="flex gap-2">
      {(["csv", "jsonl"] as const).map((format) => (
        <Button
          key={format}
          icon={<Download aria-hidden className="size-4" />}
          busy={save.isPending && save.variables === format}
          disabled={save.isPending && save.variables !== format}
          aria-label={`${say.label} ${say[format]}`}
          onClick={() => save.mutate(format)}
        >
          {say.short[format]}
        </Button>
      ))}
    </div>
  );
}
