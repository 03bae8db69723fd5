import * as z from "zod";
import { permissions } from "../roles";
import { NewPassword } from "./auth";
import { pageOf, pageQueryOf } from "./pages";
import { plain } from "./plain";

const teamId = z.string().meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const teamName = plain(z.string().trim().min(1).max(80)).meta({ examples: ["Support"] });
const personId = z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const personName = z.string().meta({ examples: ["Owner"] });
const at = z.number().meta({ examples: [1793232000000] });
const role = z.string().meta({
  description:
    "A role every team has (owner, admin, operator, member, viewer), or the id of one of the team's own",
  examples: ["member"],
});
const roleName = z.string().meta({ description: "For people to read", examples: ["member"] });
const chosenRole = z
  .string()
  .min(1)
  .max(100)
  .meta({
    description:
      "owner, admin, operator, member, viewer, or the id of one of the team's own roles. It may grant nothing that you do not have",
    examples: ["member"],
  });
const email = z
  .email()
  .max(254)
  .refine((address) => !/\.invalid$/i.test(address), "must be an address that can receive mail")
  .meta({ examples: ["colleague@example.com"] });

/** What of arguments and results the ledger keeps. Secrets are taken out of them in any case. */
export const RecordBodies = z.enum(["masked", "whole", "none"]);
export type RecordBodies = z.infer<typeof RecordBodies>;
const recordBodies = {
  description:
    "What of arguments and results the record of a call keeps: without personal data (`masked`), with it (`whole`), or their size alone (`none`). Secrets are taken out in any case",
  examples: ["masked"] as RecordBodies[],
};

export const Team = z
  .object({
    id: teamId,
    name: z.string().meta({ examples: ["Support"] }),
    createdAt: at,
    sensitiveNeedsSecondFactor: z.boolean().meta({
      description:
        "Whether making and rotating keys, exporting the audit log and deleting the team ask for a second factor",
      examples: [false],
    }),
    recordBodies: RecordBodies.meta(recordBodies),
    counts: z.object({ members: z.number().meta({ examples: [4] }) }),
  })
  .meta({ id: "Team" });
export type Team = z.infer<typeof Team>;

export const UpdateTeam = z
  .strictObject({
    name: teamName.optional(),
    sensitiveNeedsSecondFactor: z
      .boolean()
      .optional()
      .meta({ examples: [true] }),
    recordBodies: RecordBodies.optional().meta(recordBodies),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.")
  .meta({ id: "UpdateTeam" });
export type UpdateTeam = z.infer<typeof UpdateTeam>;

export const DeleteTeam = z
  .strictObject({
    name: z
      .string()
      .max(80)
      .meta({ description: "The team's name, repeated", examples: ["Support"] }),
  })
  .meta({ id: "DeleteTeam" });

export const CreateTeam = z.strictObject({ name: teamName }).meta({ id: "CreateTeam" });
export type CreateTeam = z.infer<typeof CreateTeam>;
export const CreatedTeam = z
  .object({ id: teamId, name: z.string().meta({ examples: ["Support"] }) })
  .meta({ id: "CreatedTeam" });
export type CreatedTeam = z.infer<typeof CreatedTeam>;

export const TeamMember = z
  .object({
    id: personId,
    name: personName,
    email: z
      .string()
      .nullable()
      .meta({ description: "Null for who has given none", examples: ["owner@example.com"] }),
    role,
    roleName,
    createdAt: at.describe("Since when they belong to the team"),
    secondFactor: z
      .boolean()
      .meta({ description: "Whether they sign in with a second factor", examples: [true] }),
    lastSeenAt: z
      .number()
      .nullable()
      .meta({
        description: "When a session of theirs in this team last began; null where none goes on",
        examples: [1793239200000],
      }),
    you: z.boolean().meta({ examples: [false] }),
  })
  .meta({ id: "TeamMember" });
export type TeamMember = z.infer<typeof TeamMember>;
export const TeamMemberPage = pageOf(TeamMember);
export const TeamMemberQuery = pageQueryOf("per").extend({
  query: z.string().max(100).optional().describe("Words that must all stand in the name or email"),
});
export type TeamMemberQuery = z.infer<typeof TeamMemberQuery>;

export const UpdateMember = z.strictObject({ role: chosenRole }).meta({ id: "UpdateMember" });

export const Invitation = z
  .object({
    id: z.string().meta({ examples: ["inv_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    email: z.string().meta({ examples: ["colleague@example.com"] }),
    role,
    roleName,
    invitedBy: z.object({ id: personId, name: personName }),
    createdAt: at,
    expiresAt: z.number().meta({ examples: [1793836800000] }),
  })
  .meta({ id: "Invitation" });
export type Invitation = z.infer<typeof Invitation>;
export const InvitationPage = pageOf(Invitation);

export const CreateInvitation = z
  .strictObject({ email, role: chosenRole })
  .meta({ id: "CreateInvitation" });
export type CreateInvitation = z.infer<typeof CreateInvitation>;

const invitationToken = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe("The secret of the invitation, from its link");

export const OpenInvitation = z.strictObject({ token: invitationToken }).meta({
  id: "OpenInvitation",
});
export const ShownInvitation = z
  .object({
    team: CreatedTeam,
    email: z.string().meta({
      description: "Who it is for: nobody else can accept it",
      examples: ["colleague@example.com"],
    }),
    role: roleName,
    invitedBy: personName,
    expiresAt: z.number().meta({ examples: [1793836800000] }),
    hasAccount: z.boolean().meta({
      description: "Whether this address has an account here: then sign in, and accept",
      examples: [false],
    }),
  })
  .meta({ id: "ShownInvitation" });
export type ShownInvitation = z.infer<typeof ShownInvitation>;

export const AcceptInvitation = z
  .strictObject({
    token: invitationToken,
    name: plain(z.string().trim().min(1).max(80)).meta({
      description: "Your name",
      examples: ["Colleague"],
    }),
    password: NewPassword,
  })
  .meta({ id: "AcceptInvitation" });
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

export const JoinedTeam = z.object({ team: CreatedTeam, role: roleName }).meta({
  id: "JoinedTeam",
});
export type JoinedTeam = z.infer<typeof JoinedTeam>;

export const MyInvitations = z
  .object({
    items: z.array(
      z.object({
        id: Invitation.shape.id,
        team: CreatedTeam,
        role: roleName,
        invitedBy: personName,
        expiresAt: Invitation.shape.expiresAt,
      }),
    ),
  })
  .meta({ id: "MyInvitations" });
export type MyInvitations = z.infer<typeof MyInvitations>;

const granted = z
  .array(z.enum(permissions))
  .max(permissions.length)
  .meta({ examples: [["connections.read", "tools.read", "tools.call"]] });
const newRoleName = plain(z.string().trim().min(1).max(40)).meta({
  description: "Unique in the team, and none of owner, admin, operator, member, viewer",
  examples: ["Analyst"],
});
const roleDescription = plain(z.string().trim().max(300)).meta({
  examples: ["Runs tools and reads the record"],
});

export const TeamRole = z
  .object({
    id: role,
    name: z.string().meta({ examples: ["Analyst"] }),
    description: z.string().meta({ examples: ["Runs tools and reads the record"] }),
    builtIn: z.boolean().meta({ examples: [false] }),
    permissions: granted,
    members: z.number().meta({ description: "How many have it", examples: [2] }),
  })
  .meta({ id: "TeamRole" });
export type TeamRole = z.infer<typeof TeamRole>;
export const TeamRoles = z.object({ items: z.array(TeamRole) }).meta({ id: "TeamRoles" });

export const CreateRole = z
  .strictObject({
    name: newRoleName,
    description: roleDescription.default(""),
    permissions: granted.min(1),
  })
  .meta({ id: "CreateRole" });
export type CreateRole = z.infer<typeof CreateRole>;

export const UpdateRole = z
  .strictObject({
    name: newRoleName.optional(),
    description: roleDescription.optional(),
    permissions: granted.min(1).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.")
  .meta({ id: "UpdateRole" });
export type UpdateRole = z.infer<typeof UpdateRole>;

const subjects = z.array(z.string().min(1).max(100)).max(200);

/** Who may use a connection. Whoever may configure connections uses it whatever it says. */
export const ConnectionAccess = z
  .strictObject({
    restricted: z.boolean().meta({
      description: "False: the whole team uses it, and `roles` and `people` must be empty",
      examples: [true],
    }),
    roles: subjects.meta({ description: "Roles whose members use it", examples: [["operator"]] }),
    people: subjects.meta({
      description: "Members who use it whatever their role",
      examples: [["per_01k5x8a1qv2h7c9d4e6f8g0h2j"]],
    }),
    needsSecondFactor: z.boolean().meta({
      description: "Whether a call through it asks for a second factor behind its caller",
      examples: [false],
    }),
  })
  .meta({ id: "ConnectionAccess" });
export type ConnectionAccess = z.infer<typeof ConnectionAccess>;
