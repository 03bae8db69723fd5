export { createTeamKey, destroyTeamKey, teamKey } from "./keys";
export { maskFor } from "./masking";
export { open as openSealed, seal } from "./sealing";
export { deleteSecret, openSecret, putSecret, type CredentialRef } from "./store";
