// The headers of the dashboard's files, wherever they are served from.

/** No script but our own files, nothing evaluated, nothing framed, nothing loaded from elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "media-src data: blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types plugboard",
].join("; ");

/** By path, as `_headers` of Cloudflare's static assets and Pages has them. */
export const headerRules: Record<string, Record<string, string>> = {
  "/*": {
    "Content-Security-Policy": contentSecurityPolicy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    // A vendor is signed in to in a window of its own, of which the page must see that it is closed.
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  },
  // Their names carry their hash.
  "/assets/*": { "Cache-Control": "public, max-age=31536000, immutable" },
};

export function headersFile(): string {
  return Object.entries(headerRules)
    .map(
      ([path, headers]) =>
        `${path}\n${Object.entries(headers)
          .map(([name, value]) => `  ${name}: ${value}\n`)
          .join("")}`,
    )
    .join("\n");
}
