CREATE TABLE "announcements" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"due_at" bigint NOT NULL,
	"pending" text NOT NULL,
	CONSTRAINT "announcements_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "clusters" ADD COLUMN "silent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "announcements_due" ON "announcements" USING btree ("due_at");