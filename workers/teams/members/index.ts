export { createInvitationRoutes } from "./invitation-routes";
export { createMemberRoutes } from "./member-routes";
export { createInvitationSignInRoutes } from "./open-routes";
export { createMyInvitationRoutes, createTeamsRoutes } from "./person-routes";
export { createRoleRoutes } from "./role-routes";
export { createTeamRoutes } from "./team-routes";
