import { useState } from "react";
import { classNames } from "./class-names";

export const unseen =
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of somebody outside as one harmless line: no control characters, nothing that turns the reading direction. */
export function plainLine(text: string, longest = 200): string {
  const line = text
    .slice(0, longest * 4)
    .replace(unseen, "\ufffd")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** A name given by somebody outside. */
export function ForeignName({ children, className }: { children: string; className?: string }) {
  return <bdi className={classNames("wrap-anywhere", className)}>{plainLine(children)}</bdi>;
}

const rasterImage = /^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]+$/;

/** An icon of a server or tool: pixels that came with its description, never an address to load from. */
export function ForeignIcon({
  icons,
  name,
  className = "size-9",
}: {
  icons?: readonly { src: string }[] | undefined;
  name: string;
  className?: string;
}) {
  const [broken, setBroken] = useState(false);
  const icon = icons?.find(({ src }) => src.length < 65_536 && rasterImage.test(src));
  if (icon && !broken)
    return (
      <img
        src={icon.src}
        alt=""
        className={classNames("shrink-0 rounded-lg object-contain", className)}
        onError={() => setBroken(true)}
      />
    );
  const letter = plainLine(name, 8).match(/[\p{L}\p{N}]/u)?.[0] ?? "•";
  return (
    <span
      aria-hidden
      className={classNames(
        "grid shrink-0 place-items-center rounded-lg border border-line bg-raised text-sm font-semibold text-muted uppercase",
        className,
      )}
    >
      {letter}
    </span>
  );
}
