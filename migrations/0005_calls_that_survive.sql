CREATE TABLE `limits` (
	`team_id` text NOT NULL,
	`scope` text NOT NULL,
	`subject_id` text NOT NULL,
	`per_minute` integer,
	`per_day` integer,
	`budget_per_day` integer,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `scope`, `subject_id`)
);
--> statement-breakpoint
ALTER TABLE `teams` ADD `plan` text;--> statement-breakpoint
ALTER TABLE `teams` ADD `record_bodies` text DEFAULT 'masked' NOT NULL;--> statement-breakpoint
ALTER TABLE `tools` ADD `runs_again` integer;--> statement-breakpoint
ALTER TABLE `tools` ADD `cache_seconds` integer;--> statement-breakpoint
ALTER TABLE `tools` ADD `stale_seconds` integer;--> statement-breakpoint
ALTER TABLE `tools` ADD `cost` integer DEFAULT 1 NOT NULL;