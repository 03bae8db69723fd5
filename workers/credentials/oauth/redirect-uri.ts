/** Where vendors send browsers back to: what a team enters where it registers its OAuth app. */
export const redirectUriOf = (request: Request): string =>
  `${new URL(request.url).origin}/oauth/callback`;
