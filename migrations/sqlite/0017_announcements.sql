CREATE TABLE `announcements` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`due_at` integer NOT NULL,
	`pending` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `announcements_due` ON `announcements` (`due_at`);--> statement-breakpoint
ALTER TABLE `clusters` ADD `silent` integer DEFAULT false NOT NULL;