DROP INDEX `actions_open`;--> statement-breakpoint
CREATE INDEX `actions_open` ON `actions` (`state`,`lease_until`) WHERE "actions"."finished_at" is null;