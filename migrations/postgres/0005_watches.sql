CREATE TABLE "claims" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "troubles" (
	"tenant_id" text NOT NULL,
	"cluster_id" text NOT NULL,
	"key" text NOT NULL,
	"id" text NOT NULL,
	"trouble" text NOT NULL,
	"conversation_id" text NOT NULL,
	"message_ts" text,
	"times" bigint NOT NULL,
	"began_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "troubles_tenant_id_cluster_id_key_pk" PRIMARY KEY("tenant_id","cluster_id","key")
);
--> statement-breakpoint
ALTER TABLE "clusters" ADD COLUMN "watched" boolean DEFAULT false NOT NULL;