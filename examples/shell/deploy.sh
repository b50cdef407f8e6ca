#!/bin/sh
# A deployment in plain shell. It reports each step to PostgreSQL with psql; the gateway reads it
# there and shows it in any browser.
#
#     DATABASE_URL=postgresql://… sh deploy.sh
#
# Prints the workflow's id, to attach to it, approve it (POST /_api/workflows/<id>/events/approved)
# or cancel it.
set -eu

# Calls a function of the schema `headway` and prints its result.
ask() {
  psql "$DATABASE_URL" --no-psqlrc --quiet --tuples-only --no-align --command "select headway.$1"
}

# Runs a step and reports it. After a cancel request it undoes the build and reports that.
step() {
  name=$1
  shift
  if [ "$(ask "step('$id', '$name')")" = cancel_requested ]; then
    ask "step('$id', 'build', 'compensated')" >/dev/null
    ask "compensated('$id')" >/dev/null
    exit 0
  fi
  if "$@"; then
    ask "step('$id', '$name', 'completed')" >/dev/null
  else
    ask "step('$id', '$name', 'failed', '$name ended with $?')" >/dev/null
    ask "fail('$id', '$name failed')" >/dev/null
    exit 1
  fi
}

# Waits for the approval: `wait_for` returns nothing until then.
approve() {
  until [ -n "$(ask "wait_for('$id', 'approved')")" ]; do
    [ "$(ask "progress('$id', null, 'waiting for approval')")" = cancel_requested ] && return 0
    sleep 0.2
  done
}

id=$(ask "start_workflow('deploy', array['build', 'approve', 'release'])")
echo "$id"
step build sleep 0.1
step approve approve
step release "${RELEASE:-true}"
ask "complete('$id', '{\"released\": true}')" >/dev/null
