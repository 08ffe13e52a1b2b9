CREATE TABLE `claims` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `troubles` (
	`tenant_id` text NOT NULL,
	`cluster_id` text NOT NULL,
	`key` text NOT NULL,
	`id` text NOT NULL,
	`trouble` text NOT NULL,
	`conversation_id` text NOT NULL,
	`message_ts` text,
	`times` integer NOT NULL,
	`began_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `cluster_id`, `key`)
);
--> statement-breakpoint
ALTER TABLE `clusters` ADD `watched` integer DEFAULT false NOT NULL;