import { useEffect, useState } from "react";
import { formatBytes } from "../../ui/time";
import { words } from "../../words";
import { base64Bytes, fromBase64 } from "./base64";
import { Download } from "./download";

const { result: text } = words.playground;
const mostBytes = 25_000_000;

/** An image or a sound, from bytes that came with the result. */
export function MediaBlock({
  block: { kind, mimeType, base64 },
}: {
  block: { kind: "image" | "audio"; mimeType: string; base64: string };
}) {
  const [url, setUrl] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  const size = base64Bytes(base64);
  const isShown = size <= mostBytes;
  useEffect(() => {
    if (!isShown) return;
    const bytes = fromBase64(base64);
    setBroken(bytes === undefined);
    if (!bytes) return;
    const made = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [base64, mimeType, isShown]);
  const name = kind === "image" ? text.image : text.audio;
  return (
    <figure className="flex min-w-0 flex-col gap-2 rounded-lg border border-line p-3">
      {url !== undefined && !isBroken ? (
        kind === "image" ? (
          <img
            src={url}
            alt={name}
            className="max-h-96 max-w-full self-start rounded object-contain"
            onError={() => setBroken(true)}
          />
        ) : (
          <audio controls src={url} aria-label={name} className="w-full max-w-md" />
        )
      ) : null}
      {isBroken ? <p className="text-sm text-danger">{text.imageBroken}</p> : null}
      {isShown ? null : <p className="text-sm">{text.tooLarge(formatBytes(size))}</p>}
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-[0.8125rem] text-muted">
        <span>
          {mimeType} · {formatBytes(size)}
        </span>
        <Download
          name={`result.${mimeType.split("/")[1] ?? "bin"}`}
          mimeType={mimeType}
          parts={() => [fromBase64(base64) ?? ""]}
        />
      </figcaption>
    </figure>
  );
}
