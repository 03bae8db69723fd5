import { initials } from "../account/initials";
import type { Category } from "./category";
import { classNames } from "../ui/class-names";

/** By what they are for, so that neighbours differ. */
const tones: Record<Category, string> = {
  mcp: "bg-primary text-on-primary",
  custom: "bg-primary text-on-primary",
  erp: "bg-accent-soft text-accent",
  crm: "bg-accent-soft text-accent",
  hr: "bg-warning-soft text-warning",
  finance: "bg-success-soft text-success",
  data: "bg-accent-soft text-accent",
  marketing: "bg-warning-soft text-warning",
  "e-commerce": "bg-success-soft text-success",
  communication: "bg-warning-soft text-warning",
  devops: "bg-raised text-ink",
  cloud: "bg-accent-soft text-accent",
  databases: "bg-raised text-ink",
  productivity: "bg-success-soft text-success",
};

/** In the place of a vendor's logo, which is the vendor's. */
export const InitialsTile = ({
  name,
  category,
  className = "size-10",
}: {
  name: string;
  category: Category;
  className?: string;
}) => (
  <span
    aria-hidden
    className={classNames(
      "grid shrink-0 place-items-center rounded-lg text-sm font-semibold",
      tones[category],
      className,
    )}
  >
    {lettersOf(name)}
  </span>
);

/** Two of them, since many names begin with the same: "GW" for Google Workspace, "Sa" for Salesforce. */
function lettersOf(name: string): string {
  const words = name.replaceAll(/[^\p{L}\p{N} ]+/gu, " ").trim();
  return words.includes(" ") ? initials(words).slice(0, 2).toUpperCase() : words.slice(0, 2);
}
