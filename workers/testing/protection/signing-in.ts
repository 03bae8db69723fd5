// What answers without signing in, and the steps of signing in.
import type { Example } from "./example";

export const signingInExamples: Record<string, Example> = {
  "GET /health/live": {},
  "GET /health/ready": {},
  "POST /api/auth/setup": {},
  "POST /api/auth/sign-in-links": {},
  "PUT /api/auth/plans": {
    request: { body: { team: "team_nobody", plan: "small" } },
    body: { team: "team" },
  },
  "POST /api/auth/sign-in": { request: { body: { token: "a".repeat(32) } } },
  "POST /api/auth/sign-out": { endsSession: true },
  "GET /api/auth/methods": {},
  "GET /api/auth/outbox": {},
  "POST /api/auth/sign-up/email": { request: { body: { name: "", email: "", password: "" } } },
  "POST /api/auth/sign-in/email": {
    request: { body: { email: "nobody@example.com", password: "wrong password" } },
    body: { email: "email" },
  },
  "POST /api/auth/sign-in/social": { request: { body: { provider: "nobody" } } },
  "POST /api/auth/sign-in/oauth2": { request: { body: { providerId: "nobody" } } },
  "GET /api/auth/callback/{provider}": {},
  "POST /api/auth/request-password-reset": { request: { body: { email: "nobody@example.com" } } },
  "POST /api/auth/reset-password": {
    request: { body: { token: "a".repeat(24), newPassword: "another password" } },
  },
  "POST /api/auth/send-verification-email": { request: { body: { email: "nobody@example.com" } } },
  "GET /api/auth/verify-email": {},
  "GET /api/auth/jwks": {},
  "POST /api/auth/two-factor/verify-totp": { request: { body: { code: "000000" } } },
  "POST /api/auth/two-factor/verify-backup-code": { request: { body: { code: "000000" } } },
  "GET /api/auth/passkey/generate-authenticate-options": {},
  "POST /api/auth/passkey/verify-authentication": { request: { body: { response: {} } } },
  "POST /api/auth/sso": {
    request: { body: { email: "somebody@nowhere.example.com" } },
    body: { email: "email" },
  },
  "GET /api/auth/sso/callback": {},
  "POST /api/auth/invitation": { request: { body: { token: "a".repeat(32) } } },
  "POST /api/auth/invitation/accept": {
    request: { body: { token: "a".repeat(32), name: "Nobody", password: "correct horse" } },
  },
  "POST /api/auth/consent": { request: { body: { query: "response_type=code" } } },
  "POST /api/auth/consent/decision": {
    request: { body: { handle: "nobody's", decision: "deny" } },
  },
};
