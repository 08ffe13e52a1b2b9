CREATE TABLE `incident_events` (
	`tenant_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`event` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `incident_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`next_update_at` integer,
	`incident` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incidents_number` ON `incidents` (`tenant_id`,`number`);--> statement-breakpoint
CREATE INDEX `incidents_due` ON `incidents` (`next_update_at`) WHERE "incidents"."next_update_at" is not null;