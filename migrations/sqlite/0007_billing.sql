CREATE TABLE `billing_events` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `metered` (
	`tenant_id` text NOT NULL,
	`period` text NOT NULL,
	`reported` integer NOT NULL,
	`pending` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `period`)
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`tenant_id` text NOT NULL,
	`key` text NOT NULL,
	`told_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`subscription` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `tenants` ADD `plan_until` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `settled_plan` text;