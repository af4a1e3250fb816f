CREATE TABLE `abandoned_scopes` (
	`scope` integer PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `scope` integer;