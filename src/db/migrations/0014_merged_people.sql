CREATE TABLE `merged_user_identities` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`merged_user_identity_id` text NOT NULL,
	`merged_user_identity_key` text,
	`user_identity_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `merged_user_identities_id` ON `merged_user_identities` (`workspace_id`,`merged_user_identity_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `merged_user_identities_by_key` ON `merged_user_identities` (`workspace_id`,`merged_user_identity_key`);--> statement-breakpoint
CREATE INDEX `merged_user_identities_by_person` ON `merged_user_identities` (`workspace_id`,`user_identity_id`);