import { Link } from "@tanstack/react-router";
import { Copy, KeySquare, Pencil, RotateCw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Secret } from "../../../shared/contracts/secrets";
import { InlineFacts } from "../mcp/inline-facts";
import { ForeignName } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { notify } from "../ui/notify";
import { RelativeTime } from "../ui/time";
import { secrets as secretWords } from "../words/secrets";
import { referenceTo } from "./draft";

const { fact: say, ...all } = secretWords;
const icon = "size-4";

export type SecretAction = "replace" | "describe" | "delete";

export function SecretRow({
  secret,
  mayWrite,
  onAsk,
}: {
  secret: Secret;
  mayWrite: boolean;
  onAsk: (action: SecretAction) => void;
}) {
  const { name, description, lastFour, updatedAt } = secret;
  const facts: [string, ReactNode][] = [
    [say.ends, lastFour === null ? say.tooShort : <code>…{lastFour}</code>],
    [say.usedBy, <Uses key="uses" secret={secret} />],
    [say.updated, <RelativeTime key="updated" at={updatedAt} />],
  ];
  const copy = () => {
    const reference = referenceTo(name);
    void navigator.clipboard
      .writeText(reference)
      .then(() => notify({ tone: "success", title: all.referenceCopied(reference) }));
  };
  return (
    <li className="flex min-w-0 items-start gap-3 py-3 pr-2 pl-4">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-raised text-muted"
      >
        <KeySquare className={icon} />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="text-sm">
          <code className="text-[1em] wrap-anywhere">{name}</code>
        </h2>
        {description === null ? null : (
          <p className="text-[0.8125rem] text-muted">
            <ForeignName>{description}</ForeignName>
          </p>
        )}
        <InlineFacts facts={facts} />
      </div>
      <Menu
        label={all.actions(name)}
        items={[
          {
            label: all.copyReference,
            icon: <Copy aria-hidden className={icon} />,
            run: copy,
          },
          ...(mayWrite
            ? [
                {
                  label: all.replace,
                  icon: <RotateCw aria-hidden className={icon} />,
                  run: () => onAsk("replace"),
                },
                {
                  label: all.describe,
                  icon: <Pencil aria-hidden className={icon} />,
                  run: () => onAsk("describe"),
                },
                {
                  label: all.delete,
                  icon: <Trash2 aria-hidden className={icon} />,
                  run: () => onAsk("delete"),
                  danger: true,
                },
              ]
            : []),
        ]}
      />
    </li>
  );
}

function Uses({ secret: { usedBy, uses } }: { secret: Secret }) {
  const unseen = uses - usedBy.length;
  if (uses === 0) return <>{say.unused}</>;
  return (
    <>
      {usedBy.map(({ id, name }, place) => (
        <span key={id}>
          {place > 0 ? ", " : ""}
          <Link to="/connections/$id" params={{ id }} className="underline underline-offset-2">
            <ForeignName>{name}</ForeignName>
          </Link>
        </span>
      ))}
      {unseen > 0 ? `${usedBy.length > 0 ? ", " : ""}${say.hiddenUses(unseen)}` : ""}
    </>
  );
}
