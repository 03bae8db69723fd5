/** What a page can run or show by itself is no way back to a client. */
const runs = /^(javascript|data|vbscript|blob|file|about|view-source):/i;

/** Goes where the hub says, and nowhere else. False where that is no address to go to. */
export function leaveFor(redirectTo: string): boolean {
  if (!URL.canParse(redirectTo) || runs.test(new URL(redirectTo).protocol)) return false;
  location.assign(redirectTo);
  return true;
}
