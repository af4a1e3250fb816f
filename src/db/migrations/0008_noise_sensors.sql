CREATE TABLE `noise_sensors` (
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`battery` text,
	`background` real NOT NULL,
	`sounds` text NOT NULL,
	`slots` text NOT NULL,
	`disturbance` text,
	`untold` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `device_id`)
);
--> statement-breakpoint
CREATE TABLE `noise_thresholds` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`noise_threshold_id` text NOT NULL,
	`device_id` text NOT NULL,
	`name` text NOT NULL,
	`starts_daily_at` text NOT NULL,
	`ends_daily_at` text NOT NULL,
	`decibels` real NOT NULL,
	`nrs` real,
	`created_at` integer NOT NULL,
	`deletion_requested_at` integer,
	`is_programmed` integer NOT NULL,
	`asked` text NOT NULL,
	`effort` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `noise_thresholds_id` ON `noise_thresholds` (`workspace_id`,`noise_threshold_id`);--> statement-breakpoint
CREATE INDEX `noise_thresholds_by_device` ON `noise_thresholds` (`workspace_id`,`device_id`);