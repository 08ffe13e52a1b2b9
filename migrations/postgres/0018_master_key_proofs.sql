CREATE TABLE "master_key_proofs" (
	"name" text PRIMARY KEY NOT NULL,
	"data_key" text NOT NULL
);
