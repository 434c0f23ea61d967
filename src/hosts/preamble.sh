# The first lines that every shell reads: a plain environment, the functions that run scripts, and the greeting. The
# lock is descriptor 9 on a file that only root can open. It is released when the shell and the jobs that it started
# have ended: the work of a killed netloom ends before another netloom starts. A daemon must be started without it. The
# holder of the lock deletes the file, so after locking, check that it is still the same file. A script is `eval`ed in
# a subshell: a syntax error or an `exit` in it ends that subshell only.
LC_ALL=C; export LC_ALL; unset LANGUAGE ENV CDPATH _nonce; umask 022; cd / || exit
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"; export PATH
# Greets with the shell's pid and its capabilities. The shell reads them itself: no process is started.
_nl_hello() { # NONCE JOB-OUTPUT-LIMIT
  _nonce=$1 _limit=$2
  _c=''; while read -r _k _v; do [ "$_k" != CapEff: ] || _c=$_v; done </proc/self/status
  read -r _k _v _n </proc/self/uid_map; _r=0; [ "$_n" != 1 ] || _r=1
  _o="$$ $_r $_c"; printf '\n@%s hello 0 0 %s\n%s' "$_nonce" "${#_o}" "$_o"
}
_nl_job() { # ID SCRIPT
  _o=$(exec 2>&1 </dev/null; _s=$2; shift 2; eval "$_s"); _c=$?
  [ ${#_o} -le "$_limit" ] || _o=$(printf %s "$_o" | tail -c "$_limit")
  printf '\n@%s job %s %s %s\n%s' "$_nonce" "$1" "$_c" "${#_o}" "$_o"
}
_nl_read() { # ID SCRIPT
  (exec </dev/null 9<&-; _s=$2; shift 2; eval "$_s"); _c=$?
  printf '\n@%s read %s 0 0\n' "$_nonce" "$1" >&2
  printf '\n@%s read %s %s 0\n' "$_nonce" "$1" "$_c"
}
_nl_lock() { # ID on|off
  _f=/run/netloom.lock; _c=0
  if [ "$2" = off ]; then
    [ -z "$_l" ] || rm -f "$_f"
    exec 9<&-; _l=''
  else
    _c=1
    if [ -w /run ]; then
      umask 077; exec 9>>"$_f"; umask 022
      flock -w 2 9 && [ "$_f" -ef /proc/self/fd/9 ] && _c=0
    fi
    # shellcheck disable=SC2015 # an assignment does not fail
    [ "$_c" = 0 ] && _l=1 || { exec 9<&-; _l=''; }
  fi
  printf '\n@%s lock %s %s 0\n' "$_nonce" "$1" "$_c"
}
