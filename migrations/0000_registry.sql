CREATE TABLE `audit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`person_id` text,
	`action` text NOT NULL,
	`subject_id` text NOT NULL,
	`request_id` text NOT NULL,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_entries_by_team` ON `audit_entries` (`team_id`,`id`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`connector` text NOT NULL,
	`status` text NOT NULL,
	`url` text NOT NULL,
	`transport` text NOT NULL,
	`header_names` text NOT NULL,
	`credential_id` text,
	`credential_version` integer NOT NULL,
	`server` text,
	`capabilities` text NOT NULL,
	`counts` text NOT NULL,
	`warnings` text NOT NULL,
	`response_time_ms` integer,
	`last_error` text,
	`last_synced_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_by_slug` ON `connections` (`team_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `connections_by_name` ON `connections` (`team_id`,`name`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_team` ON `api_keys` (`team_id`);--> statement-breakpoint
CREATE TABLE `members` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sign_in_links_hash_unique` ON `sign_in_links` (`hash`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `offers` (
	`team_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`definition` text NOT NULL,
	`position` integer NOT NULL,
	`synced_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `kind`, `key`)
);
--> statement-breakpoint
CREATE INDEX `offers_by_team` ON `offers` (`team_id`,`kind`,`key`);--> statement-breakpoint
CREATE TABLE `tools` (
	`id` text PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`name` text NOT NULL,
	`exposed_name` text NOT NULL,
	`search_text` text NOT NULL,
	`definition` text NOT NULL,
	`hash` text NOT NULL,
	`pending_definition` text,
	`pending_hash` text,
	`timeout_ms` integer,
	`position` integer NOT NULL,
	`synced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tools_by_connection` ON `tools` (`connection_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `tools_by_exposed_name` ON `tools` (`team_id`,`exposed_name`);--> statement-breakpoint
CREATE INDEX `tools_by_team` ON `tools` (`team_id`,`id`);