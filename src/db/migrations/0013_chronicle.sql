CREATE TABLE `chronicle` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`device_id` text,
	`access_code_id` text,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `chronicle_by_workspace` ON `chronicle` (`workspace_id`);