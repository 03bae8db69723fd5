import { useState } from "react";
import { File } from "lucide-react";
import { formatBytes } from "../../ui/time";
import { words } from "../../words";
import { base64Bytes, fromBase64 } from "./base64";
import { Download } from "./download";

const { result: text } = words.playground;

/** Bytes that are not shown here, to be saved. */
export function FileBlock({
  name,
  mimeType,
  base64,
}: {
  name: string;
  mimeType: string;
  base64: string;
}) {
  const [isBroken, setBroken] = useState(false);
  const parts = () => {
    const bytes = fromBase64(base64);
    setBroken(bytes === undefined);
    return bytes ? [bytes] : [];
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-3 rounded-lg border border-line p-3">
      <File aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">
          <bdi>{name}</bdi>
        </p>
        <p className="text-[0.8125rem] text-muted wrap-anywhere">
          {mimeType} · {formatBytes(base64Bytes(base64))}
        </p>
        {isBroken ? <p className="text-[0.8125rem] text-danger">{text.notBase64}</p> : null}
      </div>
      {/* Never as its own type: a browser that opens it would run what it holds. */}
      <Download name={name} mimeType="application/octet-stream" parts={parts} />
    </div>
  );
}
