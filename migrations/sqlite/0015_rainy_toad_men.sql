CREATE TABLE `workspace_joins` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`code_hash` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`asked` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
ALTER TABLE `installations` ADD `joined_at` integer;--> statement-breakpoint
ALTER TABLE `installations` ADD `name` text;--> statement-breakpoint
ALTER TABLE `integrations` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `integrations` ADD `changed_by` text;--> statement-breakpoint
ALTER TABLE `integrations` ADD `changed_at` integer;