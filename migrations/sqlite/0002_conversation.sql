CREATE TABLE `aliases` (
	`tenant_id` text NOT NULL,
	`name` text NOT NULL,
	`alias` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `name`)
);
--> statement-breakpoint
ALTER TABLE `actions` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `aliases_locked` integer DEFAULT false NOT NULL;