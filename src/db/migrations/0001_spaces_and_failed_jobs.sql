CREATE TABLE `failed_jobs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`due_at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `failed_jobs_by_subject` ON `failed_jobs` (`workspace_id`,`subject`,`kind`);--> statement-breakpoint
CREATE TABLE `spaces` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`space_id` text NOT NULL,
	`space_key` text,
	`name` text NOT NULL,
	`customer_key` text,
	`customer_data` text,
	`geolocation` text,
	`parent_space_id` text,
	`connected_account_ids` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spaces_id` ON `spaces` (`workspace_id`,`space_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `spaces_by_key` ON `spaces` (`workspace_id`,`space_key`);--> statement-breakpoint
CREATE INDEX `spaces_by_customer` ON `spaces` (`workspace_id`,`customer_key`);--> statement-breakpoint
ALTER TABLE `events` ADD `ahead` integer;--> statement-breakpoint
CREATE INDEX `lock_log_by_time` ON `lock_log` (`workspace_id`,`occurred_at`);