CREATE TABLE `redo` (
	`seq` integer PRIMARY KEY NOT NULL,
	`changes` text NOT NULL
);
