CREATE TABLE `user_identities` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`user_identity_id` text NOT NULL,
	`user_identity_key` text,
	`full_name` text,
	`email_address` text,
	`phone_number` text,
	`customer_key` text,
	`created_at` integer NOT NULL,
	`deleting_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_identities_id` ON `user_identities` (`workspace_id`,`user_identity_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `user_identities_by_key` ON `user_identities` (`workspace_id`,`user_identity_key`);--> statement-breakpoint
CREATE INDEX `user_identities_by_email` ON `user_identities` (`workspace_id`,`email_address`);--> statement-breakpoint
CREATE INDEX `user_identities_by_phone` ON `user_identities` (`workspace_id`,`phone_number`);--> statement-breakpoint
CREATE INDEX `user_identities_by_customer` ON `user_identities` (`workspace_id`,`customer_key`);--> statement-breakpoint
CREATE TABLE `user_identity_devices` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`user_identity_id` text NOT NULL,
	`device_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_identity_devices_id` ON `user_identity_devices` (`workspace_id`,`user_identity_id`,`device_id`);--> statement-breakpoint
CREATE INDEX `user_identity_devices_by_device` ON `user_identity_devices` (`workspace_id`,`device_id`);