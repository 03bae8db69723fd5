/** A cookie of the hub, for `Set-Cookie`. Lax: it comes along when somebody is sent back here from another site. */
export const cookieText = (cookie: { name: string; value: string; seconds: number }): string =>
  `${cookie.name}=${cookie.value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${cookie.seconds}`;
