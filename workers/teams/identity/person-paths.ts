/** What is about the person who signed in: they may be in no team, so the route itself asks who they are. */
export const isPersonPath = (path: string): boolean =>
  /^\/api\/v1\/(account(\/|$)|teams$)/.test(path);
