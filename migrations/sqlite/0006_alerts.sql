CREATE TABLE `alert_events` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`alert_id` text NOT NULL,
	`at` integer NOT NULL,
	`what` text NOT NULL,
	`by` text,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `alert_events_alert` ON `alert_events` (`tenant_id`,`alert_id`,`at`);--> statement-breakpoint
CREATE INDEX `alert_events_at` ON `alert_events` (`tenant_id`,`at`);--> statement-breakpoint
CREATE TABLE `alert_hooks` (
	`tenant_id` text NOT NULL,
	`source` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `source`)
);
--> statement-breakpoint
CREATE TABLE `alert_settings` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`settings` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`changed_by` text,
	`changed_at` integer
);
--> statement-breakpoint
CREATE TABLE `alert_storms` (
	`tenant_id` text NOT NULL,
	`audience` text NOT NULL,
	`tokens` text NOT NULL,
	`storm` text,
	PRIMARY KEY(`tenant_id`, `audience`)
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`tenant_id` text NOT NULL,
	`source` text NOT NULL,
	`fingerprint` text NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`severity` text NOT NULL,
	`service` text,
	`last_at` integer NOT NULL,
	`muted_until` integer,
	`storm_id` text,
	`due_at` integer,
	`revision` integer NOT NULL,
	`kept` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `source`, `fingerprint`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_id` ON `alerts` (`tenant_id`,`id`);--> statement-breakpoint
CREATE INDEX `alerts_due` ON `alerts` (`due_at`) WHERE "alerts"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `alerts_last` ON `alerts` (`tenant_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `alerts_storm` ON `alerts` (`tenant_id`,`storm_id`);