import { CircleAlert, Info } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../ui/class-names";

const tones = {
  accent: "bg-accent-soft text-accent",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

/** One thing to know before going on. */
export function Note({
  tone = "accent",
  children,
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
}) {
  const Icon = tone === "danger" || tone === "warning" ? CircleAlert : Info;
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={classNames("flex min-w-0 items-start gap-2.5 rounded-lg p-3 text-sm", tones[tone])}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </div>
  );
}
