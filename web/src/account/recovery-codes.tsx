import { Download } from "lucide-react";
import { Note } from "../teams/note";
import { Button } from "../ui/button";
import { CopyTextButton } from "../ui/copy-button";
import { Dialog } from "../ui/dialog";
import { saveFile } from "../ui/save-file";
import { words } from "../words";

const say = words.account.factor;

/** Shown once: they leave with the dialog. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const text = `${codes.join("\n")}\n`;
  return (
    <Dialog
      open
      size="small"
      onClose={onClose}
      title={say.codesTitle}
      actions={
        <Button look="primary" onClick={onClose}>
          {say.saved}
        </Button>
      }
    >
      <Note tone="warning">{say.codesHint}</Note>
      <ul
        aria-label={say.codesLabel}
        className="grid grid-cols-2 gap-x-4 gap-y-2 rounded-lg border border-line bg-raised p-4 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code} className="text-center whitespace-nowrap select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyTextButton text={text} label={say.copyCodes} />
        <Button
          size="small"
          icon={<Download aria-hidden className="size-4" />}
          onClick={() => saveFile(say.fileName, new Blob([text], { type: "text/plain" }))}
        >
          {say.downloadCodes}
        </Button>
      </div>
    </Dialog>
  );
}
