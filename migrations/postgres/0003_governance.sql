ALTER TABLE "members" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "changed_by" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "changed_at" bigint;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "set_up_at" bigint;--> statement-breakpoint
ALTER TABLE "zones" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "zones" ADD COLUMN "changed_by" text;--> statement-breakpoint
ALTER TABLE "zones" ADD COLUMN "changed_at" bigint;