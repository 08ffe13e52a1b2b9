CREATE TABLE `audit_checkpoints` (
	`tenant_id` text NOT NULL,
	`seq` integer NOT NULL,
	`text` text NOT NULL,
	`signature` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `purges` (
	`id` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL,
	`announced` integer DEFAULT 0 NOT NULL,
	`started_at` integer,
	`ended_at` integer,
	`rows` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE `tenants` ADD `contact` text;--> statement-breakpoint
DROP TRIGGER `audit_is_never_deleted`;--> statement-breakpoint
CREATE TRIGGER `audit_is_never_deleted` BEFORE DELETE ON `audit`
WHEN NOT EXISTS (SELECT 1 FROM audit_checkpoints c WHERE c.tenant_id = OLD.tenant_id AND c.seq >= OLD.seq)
	AND NOT EXISTS (SELECT 1 FROM purges p WHERE p.id = OLD.tenant_id AND p.started_at IS NOT NULL AND p.ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `checkpoints_are_never_changed` BEFORE UPDATE ON `audit_checkpoints` BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `checkpoints_are_never_deleted` BEFORE DELETE ON `audit_checkpoints`
WHEN NOT EXISTS (SELECT 1 FROM purges p WHERE p.id = OLD.tenant_id AND p.started_at IS NOT NULL AND p.ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
