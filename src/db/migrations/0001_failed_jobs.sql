CREATE TABLE `failed_jobs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`due_at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `failed_jobs_by_subject` ON `failed_jobs` (`workspace_id`,`subject`,`kind`);