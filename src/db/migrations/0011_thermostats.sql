CREATE TABLE `thermostat_daily_programs` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`thermostat_daily_program_id` text NOT NULL,
	`device_id` text NOT NULL,
	`name` text,
	`periods` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `thermostat_daily_programs_id` ON `thermostat_daily_programs` (`workspace_id`,`thermostat_daily_program_id`);--> statement-breakpoint
CREATE INDEX `thermostat_daily_programs_by_device` ON `thermostat_daily_programs` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE TABLE `thermostat_schedules` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`thermostat_schedule_id` text NOT NULL,
	`device_id` text NOT NULL,
	`name` text,
	`climate_preset_key` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`is_override_allowed` integer NOT NULL,
	`max_override_period_minutes` integer,
	`created_at` integer NOT NULL,
	`failure` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `thermostat_schedules_id` ON `thermostat_schedules` (`workspace_id`,`thermostat_schedule_id`);--> statement-breakpoint
CREATE INDEX `thermostat_schedules_by_device` ON `thermostat_schedules` (`workspace_id`,`device_id`);--> statement-breakpoint
CREATE TABLE `thermostats` (
	`workspace_id` integer NOT NULL,
	`device_id` text NOT NULL,
	`room` text NOT NULL,
	`setting` text NOT NULL,
	`known_setting` text NOT NULL,
	`last_seen` text,
	`climate_presets` text NOT NULL,
	`fallback_climate_preset_key` text,
	`temperature_threshold` text,
	`told_reading` integer NOT NULL,
	`awaited` text,
	`exceeded_since` integer,
	`exceeded_at` integer,
	`relative_humidity` real NOT NULL,
	`goal` text,
	`effort` text,
	`weekly_program` text,
	`is_program_due` integer NOT NULL,
	`program` text,
	PRIMARY KEY(`workspace_id`, `device_id`)
);
