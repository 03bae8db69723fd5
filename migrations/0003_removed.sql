CREATE TABLE `removed_members` (
	`team_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `person_id`)
);
