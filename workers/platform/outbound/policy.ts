/** What a deployment lets the hub call. */
export type OutboundPolicy = {
  /** Lets calls reach this machine (127.0.0.0/8, ::1, localhost), by http too and on any port. Nothing else private. */
  allowLoopback: boolean;
  /** A DNS-over-HTTPS resolver that answers `application/dns-json`. Without one, names are judged by their spelling only. */
  dohUrl: string | undefined;
  /** Where the hub itself answers, as in `URL.host`. An entry without a port stands for every port of that host. */
  ownHosts: readonly string[];
  /** Redirects followed before the call is refused; 5 unless told. 0 refuses any redirect. */
  maxRedirects?: number | undefined;
  /** The way to the network; the runtime's own `fetch` unless told. */
  network?: { fetch: (url: string, init: RequestInit) => Promise<Response> } | undefined;
};
