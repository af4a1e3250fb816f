ALTER TABLE `access_grants` ADD `acs_entrance_ids` text;--> statement-breakpoint
ALTER TABLE `access_grants` ADD `entrance_ids` text;--> statement-breakpoint
ALTER TABLE `access_grants` ADD `settled_entrances` text;--> statement-breakpoint
ALTER TABLE `access_grants` ADD `told_entrances` text;--> statement-breakpoint
ALTER TABLE `access_methods` ADD `acs` text;--> statement-breakpoint
ALTER TABLE `acs_users` ADD `is_made_by_grant` integer;