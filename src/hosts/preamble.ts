/** What a job may report at most: with its frame it stays below PIPE_BUF, so one write is never torn by another's. */
export const JOB_OUTPUT_LIMIT = 3000;

/**
 * The first lines every shell of ours reads: a plain environment, the two functions that run scripts, and a greeting with
 * the shell's pid and its capabilities (read by the shell itself, no process is started).
 * The lock is held by descriptor 9 on a file that only root can open, and goes with the shell and the jobs it started: what a killed
 * netloom had begun ends before another begins. A daemon must be started without it. The file is removed by whoever holds the lock, so one who got it must see that it is still the file.
 * A script is `eval`ed in a subshell: a syntax error or an `exit` in it ends that subshell only.
 */
export function preamble(nonce: string): string {
  return `LC_ALL=C; export LC_ALL; unset LANGUAGE ENV CDPATH; umask 022; cd /
PATH="\${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"; export PATH
_nl_job() {
  _o=$(exec 2>&1 </dev/null; _s=$2; shift 2; eval "$_s"); _c=$?
  [ \${#_o} -le ${String(JOB_OUTPUT_LIMIT)} ] || _o=$(printf %s "$_o" | tail -c ${String(JOB_OUTPUT_LIMIT)})
  printf '\\n@${nonce} job %s %s %s\\n%s' "$1" "$_c" "\${#_o}" "$_o"
}
_nl_read() {
  (exec </dev/null 9<&-; _s=$2; shift 2; eval "$_s"); _c=$?
  printf '\\n@${nonce} read %s 0 0\\n' "$1" >&2
  printf '\\n@${nonce} read %s %s 0\\n' "$1" "$_c"
}
_nl_lock() {
  _f=/run/netloom.lock; _c=0
  if [ "$2" = off ]; then
    [ -z "$_l" ] || rm -f "$_f"
    exec 9<&-; _l=
  else
    _c=1
    if [ -w /run ]; then
      umask 077; exec 9>>"$_f"; umask 022
      flock -w 2 9 && [ "$_f" -ef /proc/self/fd/9 ] && _c=0
    fi
    [ "$_c" = 0 ] && _l=1 || { exec 9<&-; _l=; }
  fi
  printf '\\n@${nonce} lock %s %s 0\\n' "$1" "$_c"
}
_c=; while read -r _k _v; do [ "$_k" != CapEff: ] || _c=$_v; done </proc/self/status
read -r _k _v _n </proc/self/uid_map; _r=0; [ "$_n" != 1 ] || _r=1
_o="$$ $_r $_c"; printf '\\n@${nonce} hello 0 0 %s\\n%s' "\${#_o}" "$_o"
`;
}
