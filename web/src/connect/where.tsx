import { ExternalLink } from "lucide-react";
import { httpsUrl } from "../connections/address";
import { connect as connectWords } from "../words/connect";

const say = connectWords.fields;

/** Where a value stands in the vendor's own pages. */
export function Where({ where }: { where: { text: string; url?: string | undefined } }) {
  const url = httpsUrl(where.url);
  return (
    <details className="text-[0.8125rem]">
      <summary className="min-h-6 w-fit font-medium text-accent">{say.where}</summary>
      <p className="flex flex-wrap items-center gap-x-2 pt-1 text-muted wrap-anywhere">
        {where.text}
        {url ? <OutLink url={url}>{say.whereLink(url.host)}</OutLink> : null}
      </p>
    </details>
  );
}

/** A link that leaves the dashboard. */
export const OutLink = ({ url, children }: { url: URL; children: string }) => (
  <a
    href={url.href}
    target="_blank"
    rel="noopener noreferrer"
    className="inline-flex min-h-6 items-center gap-1 font-medium text-accent underline wrap-anywhere"
  >
    {children}
    <ExternalLink aria-hidden className="size-3.5 shrink-0" />
  </a>
);
