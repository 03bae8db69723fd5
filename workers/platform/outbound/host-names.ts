export type NameVerdict = { ok: true } | { ok: false; reason: string };

/** This machine and this network: RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, and common usage. */
const localNames =
  "localhost localdomain local internal intranet private corp home home.arpa lan svc";

/** What clouds resolve for their own machines. */
const metadataNames =
  "metadata.goog metadata.azure.com metadata.azure.net internal.cloudapp.net metadata.aliyuncs.com " +
  "metadata.oraclecloud.com metadata.tencentyun.com instance-data.amazonaws.com";

/** Public names whose address is whatever the asker writes into them, or loopback. */
const embeddingNames =
  "nip.io sslip.io xip.io traefik.me backname.io 1u.ms rbndr.us rebind.network localtest.me lvh.me " +
  "vcap.me lacolhost.com fuf.me local.gd localho.st";

/** Each stands for itself and every name below it. */
const deniedSuffixes = new Set(`${localNames} ${metadataNames} ${embeddingNames}`.split(" "));

// Stricter than WHATWG, which lets !$&'()*+,;=~ into a host: no two parsers may see two hosts in one name.
const publicName = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/;

/** `name` in lower case and ASCII, without a trailing dot. */
export function judgeHostName(name: string): NameVerdict {
  if (!name.includes(".")) return refuse(name, "is a name of a local network");
  if (name.length > 253 || !publicName.test(name)) return refuse(name, "is no valid host name");
  for (let suffix = name; ; suffix = suffix.slice(suffix.indexOf(".") + 1)) {
    if (deniedSuffixes.has(suffix)) {
      return refuse(name, "can lead to this machine, its network or its cloud's metadata");
    }
    if (!suffix.includes(".")) return { ok: true };
  }
}

function refuse(name: string, why: string): NameVerdict {
  return {
    ok: false,
    reason: `${name.slice(0, 253)} is refused because it ${why}. Give a public host name.`,
  };
}
