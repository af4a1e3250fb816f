CREATE TABLE `access_codes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`access_code_id` text NOT NULL,
	`device_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`name` text,
	`code` text,
	`starts_at` integer,
	`ends_at` integer,
	`created_at` integer NOT NULL,
	`is_managed` integer NOT NULL,
	`is_backup` integer NOT NULL,
	`is_offline` integer NOT NULL,
	`is_one_time_use` integer NOT NULL,
	`is_external_modification_allowed` integer NOT NULL,
	`prefer_native_scheduling` integer NOT NULL,
	`common_code_key` text,
	`pulled_backup_access_code_id` text,
	`pulled_at` integer,
	`deletion_requested_at` integer,
	`conversion` text,
	`pin_assigned_at` integer,
	`offline_issue` text,
	`programmed` text,
	`is_unconfirmed` integer NOT NULL,
	`in_effect` text NOT NULL,
	`presence` text,
	`effort` text,
	`external_change` text,
	`used_at` integer,
	`mutations_requested_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_codes_id` ON `access_codes` (`workspace_id`,`access_code_id`);--> statement-breakpoint
CREATE INDEX `access_codes_by_workspace` ON `access_codes` (`workspace_id`,`is_managed`);--> statement-breakpoint
CREATE INDEX `access_codes_by_device` ON `access_codes` (`workspace_id`,`device_id`,`is_managed`);--> statement-breakpoint
CREATE INDEX `access_codes_by_common_key` ON `access_codes` (`workspace_id`,`common_code_key`) WHERE common_code_key is not null;--> statement-breakpoint
CREATE TABLE `action_attempts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`action_attempt_id` text NOT NULL,
	`action_type` text NOT NULL,
	`status` text NOT NULL,
	`result` text,
	`error` text,
	`device_id` text,
	`access_code_id` text,
	`created_at` integer NOT NULL,
	`action` text,
	`is_pinned` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `action_attempts_id` ON `action_attempts` (`workspace_id`,`action_attempt_id`);--> statement-breakpoint
CREATE INDEX `action_attempts_by_device` ON `action_attempts` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE INDEX `action_attempts_pending` ON `action_attempts` (`workspace_id`,`access_code_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `bridges` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`bridge_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`name` text NOT NULL,
	`offline_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bridges_id` ON `bridges` (`workspace_id`,`bridge_id`);--> statement-breakpoint
CREATE TABLE `client_sessions` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`client_session_id` text NOT NULL,
	`token` text NOT NULL,
	`user_identifier_key` text,
	`user_identity_id` text,
	`customer_key` text,
	`connected_account_ids` text NOT NULL,
	`connect_webview_ids` text NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_sessions_id` ON `client_sessions` (`workspace_id`,`client_session_id`);--> statement-breakpoint
CREATE INDEX `client_sessions_by_user` ON `client_sessions` (`workspace_id`,`user_identifier_key`);--> statement-breakpoint
CREATE TABLE `connect_webviews` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`connect_webview_id` text NOT NULL,
	`auth_token` text NOT NULL,
	`status` text NOT NULL,
	`options` text NOT NULL,
	`failed_logins` integer NOT NULL,
	`custom_metadata` text NOT NULL,
	`customer_key` text,
	`selected_provider` text,
	`connected_account_id` text,
	`authorized_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connect_webviews_id` ON `connect_webviews` (`workspace_id`,`connect_webview_id`);--> statement-breakpoint
CREATE TABLE `connected_accounts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`connected_account_id` text NOT NULL,
	`account_type` text NOT NULL,
	`account_type_display_name` text NOT NULL,
	`display_name` text NOT NULL,
	`user_identifier` text,
	`custom_metadata` text NOT NULL,
	`customer_key` text,
	`accepted_capabilities` text NOT NULL,
	`automatically_manage_new_devices` integer NOT NULL,
	`connect_webview_id` text,
	`disconnected_at` integer,
	`reauthorization_requested_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connected_accounts_id` ON `connected_accounts` (`workspace_id`,`connected_account_id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`token` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`workspace_id` text,
	`name` text,
	`user_id` text,
	`client_session_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `credentials_by_workspace` ON `credentials` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `devices` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`connected_account_id` text NOT NULL,
	`model` text,
	`device_type` text NOT NULL,
	`name` text NOT NULL,
	`nickname` text,
	`is_managed` integer NOT NULL,
	`custom_metadata` text NOT NULL,
	`customer_key` text,
	`location` text,
	`space_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	`profile_overrides` text,
	`wire_overrides` text,
	`backup_pool_enabled_at` integer,
	`reported_code_lengths` text,
	`reported_time_zone` text,
	`subscription_expired_at` integer,
	`third_party_at` integer,
	`privacy_mode_at` integer,
	`offline_cause` text,
	`offline_since` integer,
	`disconnections` text NOT NULL,
	`flaky_since` integer,
	`battery_status` text,
	`bank_full_since` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `devices_id` ON `devices` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE INDEX `devices_by_account` ON `devices` (`workspace_id`,`connected_account_id`);--> statement-breakpoint
CREATE TABLE `door_history` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`slot` integer,
	`code` text,
	`access_code_id` text,
	`starts_at` integer,
	`ends_at` integer,
	`cause` text,
	`began_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `door_history_by_code` ON `door_history` (`workspace_id`,`device_id`,`code`);--> statement-breakpoint
CREATE INDEX `door_history_by_access_code` ON `door_history` (`workspace_id`,`access_code_id`);--> statement-breakpoint
CREATE INDEX `door_history_open` ON `door_history` (`workspace_id`,`device_id`,`slot`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`created_at` integer NOT NULL,
	`occurred_at` integer NOT NULL,
	`device_id` text,
	`access_code_id` text,
	`connected_account_id` text,
	`connect_webview_id` text,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id` ON `events` (`workspace_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_by_type` ON `events` (`workspace_id`,`event_type`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_by_device` ON `events` (`workspace_id`,`device_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_by_access_code` ON `events` (`workspace_id`,`access_code_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_by_account` ON `events` (`workspace_id`,`connected_account_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `faults` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`fault_id` text NOT NULL,
	`definition` text NOT NULL,
	`seen` integer NOT NULL,
	`hits` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_hit_at` integer,
	`progress` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `faults_id` ON `faults` (`workspace_id`,`fault_id`);--> statement-breakpoint
CREATE TABLE `inbox_messages` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`inbox` text NOT NULL,
	`received_at` integer NOT NULL,
	`event_id` text,
	`event_type` text,
	`is_verified` integer NOT NULL,
	`headers` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `inbox_messages_by_inbox` ON `inbox_messages` (`workspace_id`,`inbox`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`due_at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_by_subject` ON `jobs` (`workspace_id`,`subject`,`kind`);--> statement-breakpoint
CREATE INDEX `jobs_by_due` ON `jobs` (`workspace_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `lock_log` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`event_type` text NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lock_log_by_device` ON `lock_log` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE TABLE `lock_memory_slots` (
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`slot` integer NOT NULL,
	`code` text NOT NULL,
	`name` text,
	`starts_at` integer,
	`ends_at` integer,
	`one_time` integer NOT NULL,
	`access_code_id` text,
	`written_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `device_id`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `locks` (
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`bridge_id` text,
	`serial_number` text NOT NULL,
	`radio_offline_at` integer,
	`locked` integer NOT NULL,
	`door_open` integer,
	`jammed` integer NOT NULL,
	`keypad_disconnected_at` integer,
	`battery` text,
	`keypad_battery` text,
	`auto_lock_enabled` integer NOT NULL,
	`auto_lock_delay_seconds` integer NOT NULL,
	`wrong_codes` integer NOT NULL,
	`locked_out_until` integer,
	`last_answer_at` integer NOT NULL,
	`abandoned` text,
	PRIMARY KEY(`workspace_id`, `device_id`)
);
--> statement-breakpoint
CREATE INDEX `locks_by_bridge` ON `locks` (`workspace_id`,`bridge_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	PRIMARY KEY(`user_id`, `workspace_id`)
);
--> statement-breakpoint
CREATE INDEX `memberships_by_workspace` ON `memberships` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `snapshots` (
	`workspace_id` integer NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `streams` (
	`workspace_id` integer NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `name`)
);
--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`delivery_seq` integer NOT NULL,
	`webhook_id` text NOT NULL,
	`event_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`attempted_at` integer NOT NULL,
	`duration` integer NOT NULL,
	`status` integer,
	`response_body` text,
	`error` text,
	`fault_id` text
);
--> statement-breakpoint
CREATE INDEX `webhook_attempts_by_webhook` ON `webhook_attempts` (`workspace_id`,`webhook_id`);--> statement-breakpoint
CREATE INDEX `webhook_attempts_by_event` ON `webhook_attempts` (`workspace_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_attempts_by_time` ON `webhook_attempts` (`workspace_id`,`attempted_at`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`webhook_id` text NOT NULL,
	`event_id` text NOT NULL,
	`message_id` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`held_by` text,
	`is_reordered` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_workspace` ON `webhook_deliveries` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_due` ON `webhook_deliveries` (`workspace_id`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_webhook` ON `webhook_deliveries` (`workspace_id`,`webhook_id`,`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_event` ON `webhook_deliveries` (`workspace_id`,`event_id`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`webhook_id` text NOT NULL,
	`url` text NOT NULL,
	`event_types` text NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL,
	`failing_since` integer,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhooks_id` ON `webhooks` (`workspace_id`,`webhook_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`company_name` text NOT NULL,
	`is_sandbox` integer NOT NULL,
	`is_suspended` integer NOT NULL,
	`is_publishable_key_auth_enabled` integer NOT NULL,
	`organization_id` text,
	`connect_webview_customization` text NOT NULL,
	`created_at` integer NOT NULL,
	`seed` text NOT NULL,
	`fixture` text NOT NULL,
	`fixture_data` text,
	`settings` text NOT NULL,
	`loose_ids` integer NOT NULL,
	`clock_mode` text NOT NULL,
	`clock_rate` real NOT NULL,
	`clock_base` integer NOT NULL,
	`clock_anchor` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_workspace_id_unique` ON `workspaces` (`workspace_id`);