ALTER TABLE `members` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `members` ADD `changed_by` text;--> statement-breakpoint
ALTER TABLE `members` ADD `changed_at` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `set_up_at` integer;--> statement-breakpoint
ALTER TABLE `zones` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `zones` ADD `changed_by` text;--> statement-breakpoint
ALTER TABLE `zones` ADD `changed_at` integer;