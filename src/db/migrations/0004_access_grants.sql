CREATE TABLE `access_grants` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`access_grant_id` text NOT NULL,
	`access_grant_key` text,
	`user_identity_id` text NOT NULL,
	`name` text,
	`reservation_key` text,
	`customization_profile_id` text,
	`device_ids` text NOT NULL,
	`space_ids` text NOT NULL,
	`door_ids` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer,
	`requested` text NOT NULL,
	`created_at` integer NOT NULL,
	`deletion_requested_at` integer,
	`times_changed_at` integer,
	`doors_changed_at` integer,
	`settled_doors` text,
	`told_missing` text,
	`told_missing_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_grants_id` ON `access_grants` (`workspace_id`,`access_grant_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `access_grants_by_key` ON `access_grants` (`workspace_id`,`access_grant_key`);--> statement-breakpoint
CREATE INDEX `access_grants_by_person` ON `access_grants` (`workspace_id`,`user_identity_id`);--> statement-breakpoint
CREATE INDEX `access_grants_by_reservation` ON `access_grants` (`workspace_id`,`reservation_key`) WHERE reservation_key is not null;--> statement-breakpoint
CREATE TABLE `access_methods` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`access_method_id` text NOT NULL,
	`access_grant_id` text NOT NULL,
	`mode` text NOT NULL,
	`code` text,
	`is_chosen_by_lock` integer NOT NULL,
	`original_access_method_id` text,
	`doors` text NOT NULL,
	`leaving` text NOT NULL,
	`created_at` integer NOT NULL,
	`deletion_requested_at` integer,
	`issued_at` integer,
	`was_issued` integer NOT NULL,
	`since` integer NOT NULL,
	`in_effect` text NOT NULL,
	`delay_told_at` integer,
	`failure_told_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_methods_id` ON `access_methods` (`workspace_id`,`access_method_id`);--> statement-breakpoint
CREATE INDEX `access_methods_by_grant` ON `access_methods` (`workspace_id`,`access_grant_id`);--> statement-breakpoint
ALTER TABLE `access_codes` ADD `access_method_id` text;--> statement-breakpoint
ALTER TABLE `events` ADD `access_grant_id` text;--> statement-breakpoint
ALTER TABLE `events` ADD `access_method_id` text;--> statement-breakpoint
CREATE INDEX `events_by_access_grant` ON `events` (`workspace_id`,`access_grant_id`,`created_at`) WHERE access_grant_id is not null;--> statement-breakpoint
CREATE INDEX `events_by_access_method` ON `events` (`workspace_id`,`access_method_id`,`created_at`) WHERE access_method_id is not null;