#!/usr/bin/env bash
# Runs the README's commands as somebody does who has just cloned the repository. --help says more.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
all_cases=(root-0077 root-0027 plain spaces bare)

usage() {
  cat <<'END'
Runs the README's commands on the committed state of this checkout, as on a machine that has never seen it.

  test/fresh-machine.sh [--full-suite] [case…]

  root-0077, root-0027  root, in a home of mode 0700, under that umask; needs root
  plain                 a user who is not root
  spaces                the same, umask 0027, in a folder whose name has spaces and an ü
  bare                  an image with Node and nothing else, made by debootstrap; needs root

Without a case it runs all. Each one: npm ci without a word about engines; npm run demo until its page
answers and a job has ended, then SIGTERM, and no process is left; the tests that start a database
or a browser, for root-0027 those of files alone; the plain user, all that depend on a user's rights. --full-suite, before a release: the plain user runs npm test,
but not what runs elsewhere and depends on no user: clusters, jobs on Redis.

One line per case says ok, FAILED or NOT RUN, with the reason. Exit code 1 when one has failed.
END
}

full_suite=
cases=()
for word in "$@"; do
  case $word in
    --help | -h) usage; exit 0 ;;
    --full-suite) full_suite=yes ;;
    root-0077 | root-0027 | plain | spaces | bare) cases+=("$word") ;;
    *) printf 'There is no case "%s".\n\n' "$word" >&2; usage >&2; exit 2 ;;
  esac
done
[ ${#cases[@]} -gt 0 ] || cases=("${all_cases[@]}")

is_root() { [ "$(id -u)" = 0 ]; }
work=$(mktemp -d "${TMPDIR:-/tmp}/headway-fresh-XXXXXX")
chmod 0711 "$work"
user=headway-fresh
is_user_ours=

# Removes a folder, and the databases elsewhere that links in it lead to: root's are not where it was asked for.
remove() {
  local data
  if is_root && [ -d "$1" ]; then
    while IFS= read -r data; do rm -rf "$data"; done < <(
      find "$1" -path '*/node_modules' -prune -o -type l -lname '/var/lib/headway/postgres-*' -printf '%l\n'
    )
  fi
  rm -rf "$1"
}

# Whatever ends the script: its folders, its user and its databases go.
cleanup() {
  remove "$work"
  [ -z "$is_user_ours" ] || userdel "$user" 2>/dev/null
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

results=()
failed=0
failed_cases=()
tell() { # ok|FAILED|NOT RUN, case, reason
  local line
  line=$(printf '%-8s %-10s %s' "$1" "$2" "$3")
  results+=("$line")
  [ "$1" != FAILED ] || { failed=1; failed_cases+=("$2"); }
  printf '== %s\n' "$line"
}

git -c safe.directory='*' clone --quiet --no-hardlinks "$root" "$work/checkout" || exit 1
mkdir -m 1777 "$work/tmp"
mkdir "$work/npm-cache" "$work/logs"

# What reaches the network here does so there; nothing else of this shell does.
network=()
for name in NODE_EXTRA_CA_CERTS SSL_CERT_FILE HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy; do
  [ -z "${!name:-}" ] || network+=("$name=${!name}")
done

# What each case runs, in the folder of its checkout.
cat >"$work/commands.sh" <<'END'
set -eu
echo '-- npm ci'
npm ci --prefer-offline --no-progress 2>&1 | tee "$HOME/npm-ci.log"
if grep -q EBADENGINE "$HOME/npm-ci.log"; then echo 'npm ci warns about engines'; exit 1; fi
[ -d node_modules ]
echo '-- npm run demo'
node --import tsx --conditions=headway-source examples/backend/test/demo-runs.ts
echo "-- tests: ${tests:-all}"
# shellcheck disable=SC2086
npm test -- $tests
END
chmod 0755 "$work/commands.sh"
some_tests='packages/gateway/test/embedded packages/gateway/test/left-behind packages/gateway/test/recorder packages/conformance/test test/kit examples/page/test/exports examples/page/test/set-up-fails'
umask_tests='packages/gateway/test/embedded packages/gateway/test/left-behind examples/page/test/set-up-fails'
plain_tests="$some_tests packages/gateway/test/command-line packages/gateway/test/uploads packages/gateway/test/bundle packages/codegen/test examples/backend"

environment() { # home, tests
  printf '%s\0' "HOME=$1" "PATH=$PATH" LANG=C.UTF-8 CI=1 "TMPDIR=$work/tmp" "npm_config_cache=$work/npm-cache" npm_config_update_notifier=false "tests=$2" ${network[@]+"${network[@]}"}
}

# Runs the commands: case, owner or nothing, umask, home, folder, tests
run_case() {
  local name=$1 owner=$2 mask=$3 home=$4 folder=$5 tests=$6 words=() seconds=$SECONDS log=$work/logs/$1
  mkdir -p "$home" "$(dirname "$folder")"
  cp -a "$work/checkout" "$folder"
  chmod 0700 "$home"
  if is_root; then chown -R "${owner:-root}" "$home" "$work/npm-cache"; fi
  mapfile -d '' -t words < <(environment "$home" "$tests")
  printf '\n== %s\n' "$name"
  local as=()
  [ -z "$owner" ] || as=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups)
  if (cd "$folder" && umask "$mask" && exec ${as[@]+"${as[@]}"} env -i "${words[@]}" bash "$work/commands.sh") 2>&1 | tee "$log"; [ "${PIPESTATUS[0]}" = 0 ]; then
    tell ok "$name" "$((SECONDS - seconds)) s"
  else
    tell FAILED "$name" "$(reason "$log")"
  fi
  remove "$home"
}

# What went wrong by a log, failed tests first, without the names of those that passed: as many lines as asked for.
failures() {
  local plain=$work/logs/plain-text
  sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -v '✓' >"$plain"
  { grep FAIL "$plain"; grep -E '[Ee]rror:|warns|are left|EACCES' "$plain"; } | awk '!seen[$0]++' | cut -c1-200 | head -"$2"
}
reason() { failures "$1" 1; }

# A user of this machine who is not root: the one who runs this, else one that is made.
plain_user() {
  is_root || return 0
  plain_reason='no user could be added'
  if ! id "$user" >/dev/null 2>&1; then
    useradd --system --no-create-home --home-dir "$work/plain" --shell /bin/sh "$user" || return 1
    is_user_ours=yes
  fi
  plain_reason="user $user may not run $(command -v node)"
  setpriv --reuid "$user" --clear-groups --regid "$(id -g "$user")" node --version >/dev/null 2>&1
}

run_bare() {
  local image=$work/bare seconds=$SECONDS codename node log=$work/logs/bare words=()
  command -v debootstrap >/dev/null || { tell 'NOT RUN' bare 'debootstrap is not installed'; return; }
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  printf '\n== bare: an image of %s\n' "$codename"
  if ! debootstrap --variant=minbase "$codename" "$image" >"$log" 2>&1; then
    tell 'NOT RUN' bare "debootstrap: $(tail -1 "$log")"
    return
  fi
  node=$(readlink -f "$(command -v node)")
  local npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  mkdir -p "$image/usr/lib/node_modules" "$image$work/npm-cache"
  cp "$node" "$image/usr/bin/node"
  cp -a "$npm" "$image/usr/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$image/usr/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$image/usr/bin/npx"
  cp /etc/resolv.conf /etc/hosts "$image/etc/"
  # Where this machine trusts authorities of its own.
  if [ -f "${NODE_EXTRA_CA_CERTS:-}" ]; then
    mkdir -p "$image$(dirname "$NODE_EXTRA_CA_CERTS")"
    cp -L "$NODE_EXTRA_CA_CERTS" "$image$NODE_EXTRA_CA_CERTS"
  fi
  chmod 0700 "$image/root"
  cp -a "$work/checkout" "$image/root/headway"
  cp "$work/commands.sh" "$image/commands.sh"
  chown -R root "$work/npm-cache" "$image/root"
  mapfile -d '' -t words < <(environment /root "$some_tests")
  words+=(TMPDIR=/tmp PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
  # Mounts and processes of its own: both are gone when the last command is.
  if unshare --mount --pid --fork --kill-child bash -euc '
    mount --make-rprivate /
    mount --rbind /dev "$1/dev"
    mount -t proc proc "$1/proc"
    mount --bind "$2/npm-cache" "$1$2/npm-cache"
    image=$1
    shift 2
    chroot "$image" env -i "$@" sh -c "cd /root/headway && bash /commands.sh"
  ' bare "$image" "$work" "${words[@]}" 2>&1 | tee "$log"; [ "${PIPESTATUS[0]}" = 0 ]; then
    tell ok bare "$((SECONDS - seconds)) s"
  else
    tell FAILED bare "$(reason "$log")"
  fi
}

for name in "${cases[@]}"; do
  case $name in
    root-*)
      if ! is_root; then tell 'NOT RUN' "$name" 'it needs root'; continue; fi
      [ "$name" = root-0077 ] && tests=$some_tests || tests=$umask_tests
      run_case "$name" '' "${name#root-}" "$work/$name" "$work/$name/headway" "$tests"
      ;;
    plain | spaces)
      if ! plain_user; then tell 'NOT RUN' "$name" "$plain_reason"; continue; fi
      is_root && owner=$user || owner=
      if [ "$name" = plain ]; then
        [ -z "$full_suite" ] && tests=$plain_tests || tests='--project=!cluster --project=!gateway-redis'
        run_case plain "$owner" 0022 "$work/plain" "$work/plain/headway" "$tests"
      else
        run_case spaces "$owner" 0027 "$work/spaces" "$work/spaces/mein Projekt ü/head way" "$some_tests"
      fi
      ;;
    bare)
      if ! is_root; then tell 'NOT RUN' bare 'it needs root'; continue; fi
      run_bare
      ;;
  esac
done

printf '\nFresh machine:\n'
printf '  %s\n' "${results[@]}"
for name in ${failed_cases[@]+"${failed_cases[@]}"}; do
  printf '\nWhat failed in %s:\n' "$name"
  failures "$work/logs/$name" 40
done
exit "$failed"
