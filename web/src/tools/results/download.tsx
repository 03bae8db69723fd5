import { Download as Icon } from "lucide-react";
import { Button } from "../../ui/button";
import { saveFile } from "../../ui/save-file";
import { words } from "../../words";

/** Saves a part of a result as a file. Its bytes are put together when it is pressed. */
export function Download({
  name,
  mimeType,
  parts,
}: {
  name: string;
  mimeType: string;
  parts: () => BlobPart[];
}) {
  const save = () => saveFile(name, new Blob(parts(), { type: mimeType }));
  return (
    <Button size="small" icon={<Icon aria-hidden className="size-4" />} onClick={save}>
      {words.playground.result.download}
    </Button>
  );
}
