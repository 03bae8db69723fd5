import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { classNames } from "../ui/class-names";

const Anchor = ({ className, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a
    {...rest}
    className={classNames(
      "rounded-sm font-medium text-accent underline underline-offset-2 hover:no-underline",
      className,
    )}
  />
);

/** A link among the words of a page. */
export const TextLink = createLink(Anchor);
