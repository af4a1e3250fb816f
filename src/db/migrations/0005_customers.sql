CREATE TABLE `automation_runs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`automation_run_id` text NOT NULL,
	`automation_id` text,
	`customer_key` text NOT NULL,
	`stay_id` text NOT NULL,
	`stay_key` text NOT NULL,
	`stay_kind` text NOT NULL,
	`rule` text NOT NULL,
	`success` integer NOT NULL,
	`error` text,
	`message` text,
	`actions` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `automation_runs_id` ON `automation_runs` (`workspace_id`,`automation_run_id`);--> statement-breakpoint
CREATE INDEX `automation_runs_by_stay` ON `automation_runs` (`workspace_id`,`stay_id`);--> statement-breakpoint
CREATE TABLE `automations` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`automation_id` text NOT NULL,
	`customer_key` text,
	`access_rules` text NOT NULL,
	`climate_rules` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `automations_id` ON `automations` (`workspace_id`,`automation_id`);--> statement-breakpoint
CREATE INDEX `automations_by_customer` ON `automations` (`workspace_id`,`customer_key`);--> statement-breakpoint
CREATE TABLE `customer_portals` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`customer_portal_id` text NOT NULL,
	`customer_key` text NOT NULL,
	`client_session_id` text NOT NULL,
	`options` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customer_portals_id` ON `customer_portals` (`workspace_id`,`customer_portal_id`);--> statement-breakpoint
CREATE INDEX `customer_portals_by_customer` ON `customer_portals` (`workspace_id`,`customer_key`);--> statement-breakpoint
CREATE TABLE `customers` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`customer_key` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_id` ON `customers` (`workspace_id`,`customer_key`);--> statement-breakpoint
CREATE TABLE `refused_people` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`user_identity_key` text NOT NULL,
	`customer_key` text NOT NULL,
	`message` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refused_people_id` ON `refused_people` (`workspace_id`,`user_identity_key`);--> statement-breakpoint
CREATE TABLE `stays` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`stay_id` text NOT NULL,
	`customer_key` text NOT NULL,
	`kind` text NOT NULL,
	`stay_key` text NOT NULL,
	`name` text,
	`starts_at` integer,
	`ends_at` integer,
	`person_keys` text NOT NULL,
	`space_keys` text NOT NULL,
	`preferred_code` text,
	`custom_metadata` text,
	`access_grant_id` text,
	`applied` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stays_id` ON `stays` (`workspace_id`,`stay_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `stays_by_key` ON `stays` (`workspace_id`,`kind`,`stay_key`);--> statement-breakpoint
CREATE INDEX `stays_by_customer` ON `stays` (`workspace_id`,`customer_key`);--> statement-breakpoint
ALTER TABLE `client_sessions` ADD `is_read_only` integer;--> statement-breakpoint
ALTER TABLE `spaces` ADD `custom_metadata` text;