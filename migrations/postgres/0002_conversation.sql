CREATE TABLE "aliases" (
	"tenant_id" text NOT NULL,
	"name" text NOT NULL,
	"alias" text NOT NULL,
	CONSTRAINT "aliases_tenant_id_name_pk" PRIMARY KEY("tenant_id","name")
);
--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "aliases_locked" boolean DEFAULT false NOT NULL;