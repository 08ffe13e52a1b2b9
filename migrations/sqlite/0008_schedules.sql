CREATE TABLE `schedule_runs` (
	`tenant_id` text NOT NULL,
	`schedule_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`action_id` text,
	PRIMARY KEY(`tenant_id`, `schedule_id`, `due_at`)
);
--> statement-breakpoint
CREATE TABLE `schedules` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`number` integer NOT NULL,
	`owner_id` text NOT NULL,
	`command` text NOT NULL,
	`args` text NOT NULL,
	`language` text NOT NULL,
	`cron` text NOT NULL,
	`time_zone` text NOT NULL,
	`conversation_id` text NOT NULL,
	`thread_ts` text,
	`place_kind` text NOT NULL,
	`state` text NOT NULL,
	`next_due_at` integer,
	`last_run_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `schedules_number` ON `schedules` (`tenant_id`,`number`);--> statement-breakpoint
CREATE INDEX `schedules_due` ON `schedules` (`next_due_at`) WHERE "schedules"."next_due_at" is not null;