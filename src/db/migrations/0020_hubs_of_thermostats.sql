ALTER TABLE `thermostats` ADD `bridge_id` text;--> statement-breakpoint
CREATE INDEX `thermostats_by_bridge` ON `thermostats` (`workspace_id`,`bridge_id`);