CREATE TABLE `connect_flows` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`actor` text NOT NULL,
	`state_hash` text NOT NULL,
	`browser_hash` text NOT NULL,
	`status` text NOT NULL,
	`draft` text NOT NULL,
	`sealed` text NOT NULL,
	`authorize_url` text,
	`device` text,
	`choices` text,
	`connection_id` text,
	`fault` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connect_flows_by_state` ON `connect_flows` (`state_hash`);--> statement-breakpoint
CREATE INDEX `connect_flows_by_team` ON `connect_flows` (`team_id`);--> statement-breakpoint
CREATE INDEX `connect_flows_by_expiry` ON `connect_flows` (`expires_at`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`version` integer NOT NULL,
	`key_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `credentials_by_key` ON `credentials` (`team_id`,`key_id`);--> statement-breakpoint
CREATE INDEX `credentials_by_subject` ON `credentials` (`team_id`,`subject_id`);--> statement-breakpoint
CREATE TABLE `oauth_apps` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`connector` text NOT NULL,
	`client_id` text NOT NULL,
	`credential_id` text,
	`credential_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `oauth_apps_by_connector` ON `oauth_apps` (`team_id`,`connector`);--> statement-breakpoint
CREATE TABLE `oauth_clients` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`issuer` text NOT NULL,
	`origin` text NOT NULL,
	`client_id` text NOT NULL,
	`client_auth` text NOT NULL,
	`redirect_uri` text NOT NULL,
	`credential_id` text,
	`credential_version` integer NOT NULL,
	`secret_expires_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `oauth_clients_by_issuer` ON `oauth_clients` (`team_id`,`issuer`,`origin`,`redirect_uri`);--> statement-breakpoint
CREATE TABLE `secret_uses` (
	`team_id` text NOT NULL,
	`secret_name` text NOT NULL,
	`connection_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `secret_uses_once` ON `secret_uses` (`team_id`,`secret_name`,`connection_id`);--> statement-breakpoint
CREATE INDEX `secret_uses_by_connection` ON `secret_uses` (`team_id`,`connection_id`);--> statement-breakpoint
CREATE TABLE `team_secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`last_four` text,
	`credential_id` text NOT NULL,
	`credential_version` integer NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `team_secrets_by_name` ON `team_secrets` (`team_id`,`name`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`matter` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`path` text,
	`created_at` integer NOT NULL,
	`read_at` integer,
	`settled_at` integer,
	`mailed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_by_matter` ON `notices` (`team_id`,`person_id`,`matter`);--> statement-breakpoint
CREATE INDEX `notices_by_subject` ON `notices` (`team_id`,`subject_id`);--> statement-breakpoint
ALTER TABLE `connections` ADD `owner_id` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `auth_method` text DEFAULT 'headers' NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `params` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `scopes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `missing_scopes` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `auth_state` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `account` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `refreshes` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `connections` ADD `error_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `connections` ADD `consented_at` integer;--> statement-breakpoint
ALTER TABLE `connections` ADD `created_by` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `created_address` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `created_user_agent` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `rotate_every_days` integer;--> statement-breakpoint
ALTER TABLE `connections` ADD `rotated_at` integer;--> statement-breakpoint
CREATE INDEX `connections_by_expiry` ON `connections` (`expires_at`);--> statement-breakpoint
CREATE INDEX `connections_by_owner` ON `connections` (`team_id`,`owner_id`);--> statement-breakpoint
INSERT INTO `credentials` (`id`, `team_id`, `version`, `key_id`, `kind`, `subject_id`, `created_at`, `updated_at`) SELECT `credential_id`, `team_id`, `credential_version`, 'd1', 'connection', `id`, `updated_at`, `updated_at` FROM `connections` WHERE `credential_id` IS NOT NULL;--> statement-breakpoint
INSERT INTO `credentials` (`id`, `team_id`, `version`, `key_id`, `kind`, `subject_id`, `created_at`, `updated_at`) SELECT `credential_id`, `team_id`, `credential_version`, 'd1', 'sso', `id`, `created_at`, `created_at` FROM `sso_providers` WHERE `credential_id` <> '';--> statement-breakpoint
UPDATE `connections` SET `rotated_at` = `updated_at` WHERE `credential_id` IS NOT NULL;
