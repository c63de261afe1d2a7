#!/bin/sh
# The main job on the sample briefs, and a first look at what it made. `make demo` runs it.
set -eu
data=${1:-data}
export BRIEFHOUSE_DATA="$data"
unset PREFECT_API_URL # this tour needs no server

briefhouse ingest samples

printf '\nRows per table:\n'
briefhouse sql "
    SELECT * FROM (
        SELECT 'briefs' AS \"table\", count(*) AS \"rows\" FROM briefs
        UNION ALL SELECT 'developments', count(*) FROM developments
        UNION ALL SELECT 'statements', count(*) FROM statements
        UNION ALL SELECT 'experts', count(*) FROM experts
        UNION ALL SELECT 'links', count(*) FROM links
        UNION ALL SELECT 'blocks', count(*) FROM blocks)"

printf '\nThe latest developments:\n'
briefhouse sql "
    SELECT published_on AS day, headline, left(text, 30) || ' …' AS text
    FROM developments JOIN (SELECT brief_id, published_on FROM briefs) USING (brief_id)
    WHERE headline IS NOT NULL ORDER BY day DESC NULLS LAST, brief_id, position LIMIT 4"

printf '\nWhat experts say:\n'
briefhouse sql "
    SELECT speaker, role, left(quote, 26) || ' …' AS quote
    FROM statements JOIN (SELECT brief_id, published_on FROM briefs) USING (brief_id)
    ORDER BY published_on DESC NULLS LAST, brief_id, position LIMIT 4"

statement=$(briefhouse sql --format csv "SELECT min(statement_id) FROM statements" | tail -n 1)
cat <<END

Next, try:
  .venv/bin/briefhouse explain $statement --data $data
  .venv/bin/briefhouse sql "SELECT name, role, statements FROM experts ORDER BY statements DESC" --data $data
  .venv/bin/briefhouse ingest PATH_OR_URL --data $data    # a folder of your own, a page or a feed
END
