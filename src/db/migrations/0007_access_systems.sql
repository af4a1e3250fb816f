CREATE TABLE `acs_access_groups` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_access_group_id` text NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`name` text NOT NULL,
	`external_type` text NOT NULL,
	`access_schedule` text,
	`acs_entrance_ids` text NOT NULL,
	`push` text,
	`deletion_requested_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_access_groups_id` ON `acs_access_groups` (`workspace_id`,`acs_access_group_id`);--> statement-breakpoint
CREATE INDEX `acs_access_groups_by_system` ON `acs_access_groups` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE TABLE `acs_cards` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`card_number` text NOT NULL,
	`format` text NOT NULL,
	`acs_encoder_id` text,
	`contents` text,
	`written_at` integer,
	`damaged_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_cards_id` ON `acs_cards` (`workspace_id`,`card_number`);--> statement-breakpoint
CREATE INDEX `acs_cards_by_encoder` ON `acs_cards` (`workspace_id`,`acs_encoder_id`);--> statement-breakpoint
CREATE TABLE `acs_credentials` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_credential_id` text NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`acs_user_id` text,
	`access_method` text NOT NULL,
	`code` text,
	`card_number` text,
	`starts_at` integer,
	`ends_at` integer,
	`acs_entrance_ids` text NOT NULL,
	`is_multi_phone_sync` integer NOT NULL,
	`parent_acs_credential_id` text,
	`phone_id` text,
	`credential_manager_acs_system_id` text,
	`options` text NOT NULL,
	`access_method_id` text,
	`schedule_modified_at` integer,
	`known` text,
	`held` text,
	`push` text,
	`issue` integer,
	`issued_at` integer,
	`written` text,
	`invalidated_at` integer,
	`deletion_requested_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_credentials_id` ON `acs_credentials` (`workspace_id`,`acs_credential_id`);--> statement-breakpoint
CREATE INDEX `acs_credentials_by_system` ON `acs_credentials` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE INDEX `acs_credentials_by_user` ON `acs_credentials` (`workspace_id`,`acs_user_id`);--> statement-breakpoint
CREATE INDEX `acs_credentials_by_method` ON `acs_credentials` (`workspace_id`,`access_method_id`);--> statement-breakpoint
CREATE INDEX `acs_credentials_by_parent` ON `acs_credentials` (`workspace_id`,`parent_acs_credential_id`);--> statement-breakpoint
CREATE TABLE `acs_encoders` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_encoder_id` text NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`display_name` text NOT NULL,
	`metadata` text NOT NULL,
	`offline_at` integer,
	`auto_card` integer NOT NULL,
	`removed_at` integer,
	`next_encode` text,
	`next_scan` text,
	`queue` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_encoders_id` ON `acs_encoders` (`workspace_id`,`acs_encoder_id`);--> statement-breakpoint
CREATE INDEX `acs_encoders_by_system` ON `acs_encoders` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE TABLE `acs_entrances` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_entrance_id` text NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`display_name` text NOT NULL,
	`category` text NOT NULL,
	`is_wired` integer NOT NULL,
	`metadata` text NOT NULL,
	`space_ids` text NOT NULL,
	`offline_at` integer,
	`privacy_mode_at` integer,
	`seen_issue` integer NOT NULL,
	`kept_rights` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_entrances_id` ON `acs_entrances` (`workspace_id`,`acs_entrance_id`);--> statement-breakpoint
CREATE INDEX `acs_entrances_by_system` ON `acs_entrances` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE INDEX `acs_entrances_by_account` ON `acs_entrances` (`workspace_id`,`connected_account_id`);--> statement-breakpoint
CREATE TABLE `acs_systems` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`model` text NOT NULL,
	`name` text NOT NULL,
	`time_zone` text,
	`bridge_id` text,
	`server_down_at` integer,
	`disconnected_at` integer,
	`last_issue` integer NOT NULL,
	`subscription_slots` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_systems_id` ON `acs_systems` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE INDEX `acs_systems_by_account` ON `acs_systems` (`workspace_id`,`connected_account_id`);--> statement-breakpoint
CREATE INDEX `acs_systems_by_bridge` ON `acs_systems` (`workspace_id`,`bridge_id`);--> statement-breakpoint
CREATE TABLE `acs_users` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`acs_user_id` text NOT NULL,
	`acs_system_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`user_identity_id` text,
	`hid_acs_system_id` text,
	`full_name` text NOT NULL,
	`email_address` text,
	`phone_number` text,
	`is_suspended` integer NOT NULL,
	`access_schedule` text,
	`acs_access_group_ids` text NOT NULL,
	`acs_entrance_ids` text NOT NULL,
	`known` text,
	`held` text,
	`push` text,
	`last_synced_at` integer,
	`deletion_requested_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `acs_users_id` ON `acs_users` (`workspace_id`,`acs_user_id`);--> statement-breakpoint
CREATE INDEX `acs_users_by_system` ON `acs_users` (`workspace_id`,`acs_system_id`);--> statement-breakpoint
CREATE INDEX `acs_users_by_identity` ON `acs_users` (`workspace_id`,`user_identity_id`);