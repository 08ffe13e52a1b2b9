/** What `nox --help` prints. */
export const usage = `nox — the DevOps agent that a team talks to in Slack

  nox start                     serve Slack, or open the sandbox where no credentials are set
  nox migrate                   bring the database up to date, then end
  nox doctor [--json]           look at all that NOX needs, with a remedy each
  nox db backup FILE | copy     save a SQLite database; move an installation from SQLite to Postgres
  nox parse [--json] TEXT       what NOX understands of a text
  nox audit verify [TENANT]     recompute the hash chain of each tenant (or of one), or an archive's
  nox tenants list | export | purge | keep   one tenant's data: as a file, or gone
  nox billing setup | replay    prepare Stripe; take the events again that were missed
  nox billing grant             give a workspace a plan on quote, or a longer trial
  nox keys new | rotate         make a master key; wrap every data key with the newest one
  nox COMMAND --help            more about one command
  nox --help | --version

Configuration comes from the environment and from .env; see .env.example.
`

/** What `nox COMMAND --help` prints, by command. */
export const usages: { readonly [command: string]: string } = {
  start: `nox start

Serves Slack over HTTP or Socket Mode. Where no Slack credentials are set, opens the sandbox: a small Slack
workspace in the browser, with simulated clusters.

  PORT, HOST                    where it listens
  DATABASE_PATH, DATABASE_URL   a SQLite file, or a Postgres
  LOG_LEVEL                     trace | debug | info | warn | error | silent

.env.example lists every variable. SIGTERM ends it: what runs gets its time, and is handed over otherwise.
`,
  migrate: `nox migrate

Brings the schema of the configured database up to date, then ends. \`nox start\` does the same at its start.
`,
  doctor: `nox doctor [--json]

Looks at the configuration, the database, the clocks, the stored secrets, Slack and the scopes of each workspace,
and the public address; says what is not well, and what to do. It changes nothing, and may run beside NOX.
Ends with 0 where nothing failed, else with 1.

  --json                        {"ok": true, "checks": [{"check", "state", "sentence", "remedy"}, …]}
`,
  db: `nox db backup FILE
nox db copy

backup   copies the SQLite database of DATABASE_PATH into a new file, also while NOX runs on it
copy     copies everything from DATABASE_PATH (SQLite, no NOX running) into an empty DATABASE_URL (Postgres), verified

docs/operators/backup.md tells how to restore, and how Postgres is saved.
`,
  parse: `nox parse [OPTIONS] TEXT

Prints what NOX understands of a text; nothing is run, and no database is opened.

  --json                        one JSON object on one line
  --stdin                       one JSON string a line, one result a line, in order
  --bot-user U0NOX              the id that stands for @NOX
  --language fr|en              where the words do not tell (NOX_LANGUAGE, else fr)

  nox parse "déploie user-api en staging"
  nox parse --json "deploy user-api v2.4.0 to production"
`,
  audit: `nox audit verify [TENANT]
nox audit verify FILE…

Recomputes the hash chain of each tenant's audit log, or of one's, from its first record to its last. Ends with 0
where every chain is intact; with 1 where one is not, and names the first record that does not fit.
Records that are older than their tenant's plan keeps are in files of NOX_ARCHIVE_PATH (*.audit.jsonl.gz): the
chain goes on from their signed ends. Given files, in any order, it verifies those: their chains, their signatures,
and that the database knows them.
`,
  tenants: `nox tenants list
nox tenants export TENANT FILE
nox tenants purge TENANT [--yes]
nox tenants keep TENANT

list     every tenant, which are to be purged and when, and which were
export   writes everything of a tenant into a new file, one JSON object a line ({"table", "row"}); secrets are not in it
purge    deletes everything of a tenant that has uninstalled NOX, its audit log too; without --yes it only says so
keep     calls off the purge that an uninstall has scheduled

A tenant that uninstalls NOX is purged 30 days later by itself; one that installs it again before that is kept.
list and export may run beside NOX; on SQLite the others need it to be stopped.
`,
  billing: `nox billing setup
nox billing replay [DAYS]
nox billing grant WORKSPACE PLAN
nox billing grant WORKSPACE trial DAYS

setup    makes products, prices, the meter, the portal and the webhook endpoint at Stripe where they are not there yet;
         run again, it changes nothing
replay   takes every event of the last DAYS days (at most 30, the default) that was not taken yet, for instance after
         NOX could not be reached
grant    gives the Slack workspace of this id a plan that was agreed on, or so many days of trial from today

The first two read STRIPE_SECRET_KEY; docs/billing.md tells the rest. On SQLite NOX is stopped for replay and grant.
`,
  keys: `nox keys new
nox keys rotate

new      prints a fresh master key, for NOX_MASTER_KEY
rotate   wraps the data key of every tenant with the first key of NOX_MASTER_KEY, also while NOX runs; list the new
         key first, restart NOX with both, run this, and keep the old ones until it has ended
`,
}
