import { Download as Icon } from "lucide-react";
import { Button } from "../../ui/button";
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
  const save = () => {
    const url = URL.createObjectURL(new Blob(parts(), { type: mimeType }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <Button size="small" icon={<Icon aria-hidden className="size-4" />} onClick={save}>
      {words.playground.result.download}
    </Button>
  );
}
