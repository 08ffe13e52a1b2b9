CREATE TABLE "billing_events" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"type" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "billing_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "metered" (
	"tenant_id" text NOT NULL,
	"period" text NOT NULL,
	"reported" bigint NOT NULL,
	"pending" bigint NOT NULL,
	CONSTRAINT "metered_tenant_id_period_pk" PRIMARY KEY("tenant_id","period")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"tenant_id" text NOT NULL,
	"key" text NOT NULL,
	"told_at" bigint NOT NULL,
	CONSTRAINT "notices_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"customer_id" text NOT NULL,
	"subscription" text,
	"version" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "plan_until" bigint;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "settled_plan" text;