# What every shell reads first: a plain environment, and the start of the supervisor, which replaces the shell.
LC_ALL=C; export LC_ALL; unset LANGUAGE ENV CDPATH PERL5OPT PERL5LIB; umask 022; cd / || exit
PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"; export PATH
supervise() { # NONCE ARGUMENT-OF-PERL...
  nonce=$1
  shift
  command -v perl >/dev/null || { printf '\n@%s lacks 0 0 4\nperl' "$nonce"; exit 1; }
  exec perl "$@"
}
