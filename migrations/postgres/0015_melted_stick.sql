CREATE TABLE "workspace_joins" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"code_hash" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"asked" text,
	CONSTRAINT "workspace_joins_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "joined_at" bigint;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "changed_by" text;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "changed_at" bigint;