/** A path of the hub's own pages, and no way to another host: browsers take out control characters and turn `\` round. */
export const isOwnPath = (path: string): boolean => /^\/(?!\/)[^\p{Cc}\\]*$/u.test(path);
