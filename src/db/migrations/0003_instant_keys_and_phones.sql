CREATE TABLE `instant_keys` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`instant_key_id` text NOT NULL,
	`code` text NOT NULL,
	`user_identity_id` text NOT NULL,
	`client_session_id` text NOT NULL,
	`max_use_count` integer NOT NULL,
	`visits` text NOT NULL,
	`customization_profile_id` text,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `instant_keys_id` ON `instant_keys` (`workspace_id`,`instant_key_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `instant_keys_by_code` ON `instant_keys` (`workspace_id`,`code`);--> statement-breakpoint
CREATE INDEX `instant_keys_by_identity` ON `instant_keys` (`workspace_id`,`user_identity_id`);--> statement-breakpoint
CREATE INDEX `instant_keys_by_session` ON `instant_keys` (`workspace_id`,`client_session_id`);--> statement-breakpoint
CREATE TABLE `phones` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`user_identity_id` text NOT NULL,
	`device_type` text NOT NULL,
	`display_name` text NOT NULL,
	`custom_metadata` text NOT NULL,
	`made_with` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phones_id` ON `phones` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE INDEX `phones_by_identity` ON `phones` (`workspace_id`,`user_identity_id`);--> statement-breakpoint
CREATE INDEX `client_sessions_by_identity` ON `client_sessions` (`workspace_id`,`user_identity_id`);