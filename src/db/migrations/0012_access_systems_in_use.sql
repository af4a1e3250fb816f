ALTER TABLE `acs_credentials` ADD `synced_at` integer;--> statement-breakpoint
ALTER TABLE `acs_entrances` ADD `unreported` text;