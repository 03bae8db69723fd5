CREATE TABLE `audit_anchors` (
	`team_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `accounts_by_person` ON `accounts` (`person_id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_by_provider` ON `accounts` (`provider_id`,`account_id`);
--> statement-breakpoint
CREATE TABLE `client_grants` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`client_id` text NOT NULL,
	`client_name` text NOT NULL,
	`redirect_host` text NOT NULL,
	`resource` text NOT NULL,
	`scopes` text NOT NULL,
	`connections` text,
	`second_factor_at` integer,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `client_grants_by_team` ON `client_grants` (`team_id`,`id`);
--> statement-breakpoint
CREATE INDEX `client_grants_by_person` ON `client_grants` (`person_id`);
--> statement-breakpoint
CREATE TABLE `connection_access` (
	`team_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	PRIMARY KEY(`team_id`, `connection_id`, `kind`, `subject_id`)
);
--> statement-breakpoint
CREATE TABLE `custom_roles` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`permissions` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `custom_roles_by_name` ON `custom_roles` (`team_id`,`name`);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_hash_unique` ON `invitations` (`hash`);
--> statement-breakpoint
CREATE INDEX `invitations_by_team` ON `invitations` (`team_id`,`id`);
--> statement-breakpoint
CREATE TABLE `jwks` (
	`id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`alg` text,
	`crv` text,
	`created_at` integer NOT NULL,
	`expires_at` integer
);
--> statement-breakpoint
CREATE TABLE `machine_clients` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`connections` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `machine_clients_by_team` ON `machine_clients` (`team_id`,`id`);
--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`name` text,
	`public_key` text NOT NULL,
	`credential_id` text NOT NULL,
	`counter` integer NOT NULL,
	`device_type` text NOT NULL,
	`backed_up` integer NOT NULL,
	`transports` text,
	`aaguid` text,
	`created_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_credential_id_unique` ON `passkeys` (`credential_id`);
--> statement-breakpoint
CREATE INDEX `passkeys_by_person` ON `passkeys` (`person_id`);
--> statement-breakpoint
CREATE TABLE `spent_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_codes_by_time` ON `spent_codes` (`at`);
--> statement-breakpoint
CREATE TABLE `sso_providers` (
	`team_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`issuer` text NOT NULL,
	`client_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`credential_version` integer NOT NULL,
	`domain` text NOT NULL,
	`domain_token` text NOT NULL,
	`domain_verified_at` integer,
	`default_role` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sso_providers_id_unique` ON `sso_providers` (`id`);
--> statement-breakpoint
CREATE INDEX `sso_providers_by_domain` ON `sso_providers` (`domain`);
--> statement-breakpoint
CREATE TABLE `two_factors` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`secret` text NOT NULL,
	`backup_codes` text NOT NULL,
	`verified` integer,
	`failed_verification_count` integer,
	`locked_until` integer
);
--> statement-breakpoint
CREATE INDEX `two_factors_by_person` ON `two_factors` (`person_id`);
--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_by_identifier` ON `verifications` (`identifier`);
--> statement-breakpoint
CREATE TABLE `chained_audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`person_id` text,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`request_id` text NOT NULL,
	`address` text,
	`user_agent` text,
	`details` text NOT NULL,
	`before` text,
	`after` text,
	`hash` text NOT NULL
);
--> statement-breakpoint
-- What was written before there were chains is kept beside them: the chain of a team begins after it.
INSERT INTO `chained_audit_entries` SELECT `id`, `team_id`, row_number() OVER (PARTITION BY `team_id` ORDER BY `id`), `at`, `actor_kind`, `actor_id`, `person_id`, `action`, `subject_id`, `request_id`, NULL, NULL, `details`, NULL, NULL, 'unchained' FROM `audit_entries`;
--> statement-breakpoint
INSERT INTO `audit_anchors` SELECT `team_id`, max(`seq`), 'unchained' FROM `chained_audit_entries` GROUP BY `team_id`;
--> statement-breakpoint
DROP TABLE `audit_entries`;
--> statement-breakpoint
ALTER TABLE `chained_audit_entries` RENAME TO `audit_entries`;
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_by_seq` ON `audit_entries` (`team_id`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_action` ON `audit_entries` (`team_id`,`action`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_person` ON `audit_entries` (`team_id`,`person_id`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_subject` ON `audit_entries` (`team_id`,`subject_id`,`seq`);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_time` ON `audit_entries` (`team_id`,`at`);
--> statement-breakpoint
DROP TABLE `sessions`;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`token` text NOT NULL,
	`team_id` text,
	`only_team_id` text,
	`second_factor_at` integer,
	`ip_address` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);
--> statement-breakpoint
CREATE INDEX `sessions_by_person` ON `sessions` (`person_id`);
--> statement-breakpoint
ALTER TABLE `connections` ADD `needs_second_factor` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `scopes` text;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `allowed_addresses` text;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `second_factor_at` integer;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `replaced_by` text;
--> statement-breakpoint
ALTER TABLE `api_keys` ADD `expires_at` integer;
--> statement-breakpoint
CREATE INDEX `api_keys_by_person` ON `api_keys` (`person_id`);
--> statement-breakpoint
ALTER TABLE `people` ADD `email` text DEFAULT '' NOT NULL;
--> statement-breakpoint
UPDATE `people` SET `email` = `id` || '@no-email.invalid';
--> statement-breakpoint
ALTER TABLE `people` ADD `email_verified` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `people` ADD `image` text;
--> statement-breakpoint
ALTER TABLE `people` ADD `two_factor_enabled` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `people` ADD `updated_at` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX `people_email_unique` ON `people` (`email`);
--> statement-breakpoint
ALTER TABLE `teams` ADD `sensitive_needs_second_factor` integer DEFAULT false NOT NULL;
--> statement-breakpoint
CREATE INDEX `members_by_person` ON `members` (`person_id`);
--> statement-breakpoint
CREATE INDEX `members_by_role` ON `members` (`team_id`,`role`);