export type Part = { text: string; href?: string };

/** A mail's text with the hub's own links told apart. A link to anywhere else stays text. */
export function textParts(text: string, origin: string): Part[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/).flatMap((part, at): Part[] => {
    if (part === "") return [];
    const url = at % 2 === 1 && URL.canParse(part) ? new URL(part) : undefined;
    if (url === undefined || !isOwn(url, new URL(origin))) return [{ text: part }];
    return [{ text: part, href: `${url.pathname}${url.search}` }];
  });
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** A hub on this machine goes by more names than one, and a mail has the one it was asked by. */
const isOwn = (url: URL, hub: URL): boolean =>
  url.origin === hub.origin ||
  (url.protocol === hub.protocol &&
    url.port === hub.port &&
    loopback.test(url.hostname) &&
    loopback.test(hub.hostname));
