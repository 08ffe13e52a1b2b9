CREATE TABLE "incident_events" (
	"tenant_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"event" text NOT NULL,
	CONSTRAINT "incident_events_tenant_id_incident_id_id_pk" PRIMARY KEY("tenant_id","incident_id","id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"number" bigint NOT NULL,
	"state" text NOT NULL,
	"opened_at" bigint NOT NULL,
	"next_update_at" bigint,
	"incident" text NOT NULL,
	CONSTRAINT "incidents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_number" ON "incidents" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "incidents_due" ON "incidents" USING btree ("next_update_at") WHERE "incidents"."next_update_at" is not null;